#!/usr/bin/env python3
"""moto with our patches. usage: serve.py [--log FILE] [--without NAME ...] | serve.py --list

Takes a free port of the loopback address and prints it, as the first line, once it answers.
Every request goes to the log as one JSON line: service, action, status. A test fails when a status is 5xx or when moto
does not know the action, so that a gap is found by name and not as a diff that nobody understands.
"""

import argparse
import importlib
import io
import json
import pkgutil
import re
import sys
import threading
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import patches  # noqa: E402
from support import FRONTS, PATCHES, Request  # noqa: E402


def main() -> None:
    options = arguments()
    for module in pkgutil.iter_modules(patches.__path__):
        importlib.import_module(f"patches.{module.name}")
    if options.list:
        print(json.dumps([{"name": p.name, "defect": p.defect, "moto": p.moto} for p in PATCHES], indent=1))
        return
    unknown = set(options.without) - {p.name for p in PATCHES}
    if unknown:
        sys.exit(f"no such patch: {', '.join(sorted(unknown))}")
    for each in PATCHES:
        if each.name not in options.without:
            each.apply()
    serve(options.log)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", default="/dev/null")
    parser.add_argument("--without", action="append", default=[], help="a patch to leave out, to see whether it is still needed")
    parser.add_argument("--list", action="store_true", help="print the patches and end")
    return parser.parse_args()


def serve(log: str) -> None:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, logged(in_front(DomainDispatcherApplication(create_backend_app)), log), threaded=True)
    print(server.port, flush=True)
    server.serve_forever()


def in_front(application):
    """Answers what moto has no service for, and passes everything else on. One after the other: moto's stores break when two requests change them at once."""
    turn = threading.Lock()

    def call(environ, start_response):
        request = read(environ)
        with turn:
            for matches, give in FRONTS:
                if matches(request):
                    given = give(request)
                    start_response(given.status, [("Content-Type", given.type), ("Content-Length", str(len(given.body))), *given.headers])
                    return [given.body]
            return application(environ, start_response)

    return call


def read(environ) -> Request:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    environ["wsgi.input"] = io.BytesIO(body)
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    return Request(
        service=scope.group(1) if scope else "",
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", ""),
        query=environ.get("QUERY_STRING", ""),
        target=environ.get("HTTP_X_AMZ_TARGET", "").split(".")[-1],
        body=body,
    )


def logged(application, log: str):
    lock = threading.Lock()
    file = open(log, "a", buffering=1, encoding="utf-8")

    def call(environ, start_response):
        request = read(environ)

        def note(status, unknown):
            with lock:
                file.write(json.dumps({"service": request.service, "action": name_of(request), "status": status, "unknown": unknown}) + "\n")

        def started(status, headers, *rest):
            note(int(status.split()[0]), request.method != "HEAD" and unrouted(status, headers))
            return start_response(status, headers, *rest)

        try:
            return application(environ, started)
        except Exception:
            note(500, False)
            raise

    return call


def name_of(request: Request) -> str:
    form = re.search(rb"(?:^|&)Action=(\w+)", request.body[:4000])
    return request.target or (form.group(1).decode() if form else f"{request.method} {request.path}")


def unrouted(status: str, headers) -> bool:
    """moto's own page for a path that it has no route for; a missing object is answered in the service's protocol, a HEAD with nothing."""
    kind = dict((k.lower(), v) for k, v in headers).get("content-type", "")
    return status.startswith("404") and kind.startswith("text/html")


if __name__ == "__main__":
    main()
