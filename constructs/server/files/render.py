"""Writes what the containers of a release see: render.py RELEASE STATE ROOT.

Into RELEASE/rendered: compose.yaml, live/ (configuration files), and containers, a text that differs exactly when a container must be made anew.
It runs on the server because only there the settings are text: before, they may be references of Terraform.
"""
import json
import os
import re
import shutil
import sys


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def literal(value):
    """The same value for Docker Compose, which replaces variables in every string unless the dollar sign is doubled."""
    if isinstance(value, str):
        return value.replace("$", "$$")
    if isinstance(value, list):
        return [literal(item) for item in value]
    if isinstance(value, dict):
        return {key: literal(item) for key, item in value.items()}
    return value


def yaml(value):
    """JSON that is YAML as well: only ASCII, and characters beyond 16 bits as YAML writes them (JSON has two halves instead)."""
    text = json.dumps(value, indent=1)
    halves = re.compile(r"\\\\|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")
    text = halves.sub(whole_character, text)
    return text.replace("\x7f", "\\x7f") + "\n"


def whole_character(match):
    if match.group(1) is None:
        return match.group(0)
    high, low = int(match.group(1), 16), int(match.group(2), 16)
    return "\\U%08x" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def environment(document, managed, pooler_password):
    found = {**document.get("settings", {}), **document.get("secrets", {}), **managed}
    if document["pooler"]:
        found["DATABASE_URL"] = "postgres://app:%s@pooler:6432/app" % pooler_password
        if document["pooler"].get("readers"):
            found["DATABASE_REPLICA_URL"] = "postgres://app:%s@pooler:6432/app_reader" % pooler_password
    empty = sorted(name for name, value in found.items() if "\0" in value)
    if empty:
        sys.exit("no environment variable can hold the character NUL: " + ", ".join(empty))
    return found


def single(value):
    text = str(value)
    if "\n" in text or "\r" in text:
        sys.exit("the database's address and password must be single lines")
    return text


def quoted(value):
    text = single(value)
    return "'" + text.replace("'", "''") + "'"


def upstream(facts, password):
    readers = facts.get("readers")
    lines = [database("app", facts, password)]
    if readers:
        # PgBouncer takes one host of a list for each connection, in turn.
        lines.append(database("app_reader", {**facts, **readers, "host": ",".join(readers["hosts"])}, password))
    return "".join(lines)


def database(name, facts, password):
    names = (("host", "host"), ("port", "port"), ("dbname", "database"), ("user", "user"))
    words = ["%s=%s" % (word, quoted(facts[key])) for word, key in names]
    return "%s = %s password=%s\n" % (name, " ".join(words), quoted(password))


def service(owner):
    """A connection by name, so that no password stands in a command line. Its lines take everything after the sign as it is."""
    words = (("host", "host"), ("port", "port"), ("dbname", "database"), ("user", "user"), ("password", "password"))
    lines = ["%s=%s" % (word, single(owner[key])) for word, key in words]
    return "[owner]\n" + "\n".join(lines + ["sslmode=require", "connect_timeout=10"]) + "\n"


def pooler_files(document, live, pooler_password, root):
    facts = document["pooler"]
    if facts["kind"] == "local":
        password = read(root + document["database"]["mount"] + "/secrets/app").strip()
    else:
        password = facts["password"]
    if facts.get("owner"):
        write(live + "/pooler/service.conf", service(facts["owner"]))
    write(live + "/pooler/upstream.ini", upstream(facts, password))
    write(live + "/pooler/userlist.txt", '"app" "%s"\n' % pooler_password)


def project(document, managed, pooler_password):
    compose = literal(document["compose"])
    if "app" in compose["services"]:
        compose["services"]["app"]["environment"] = literal(environment(document, managed, pooler_password))
    return compose


def without_build(compose):
    services = {name: {key: value for key, value in service.items() if key != "build"} for name, service in compose["services"].items()}
    return {**compose, "services": services}


def main(release, state, root):
    document = json.loads(read(release + "/document.json"))
    if document["version"] != 1:
        sys.exit("the document's form is %s; these scripts know 1" % document["version"])
    rendered = release + "/rendered"
    shutil.rmtree(rendered, ignore_errors=True)
    os.makedirs(rendered + "/live")
    if os.path.isdir(release + "/live"):
        shutil.copytree(release + "/live", rendered + "/live", dirs_exist_ok=True)
    pooler_password = read(state + "/secrets/pooler").strip()
    if document["pooler"]:
        pooler_files(document, rendered + "/live", pooler_password, root)
    managed = json.loads(read(release + "/secrets.json")) if document.get("managedSecrets") else {}
    compose = project(document, managed, pooler_password)
    # Another Compose may describe the same container otherwise, and then makes it anew.
    of = {"composeImage": document["composeImage"]} if "composeImage" in document else {}
    write(rendered + "/containers", json.dumps({**without_build(compose), **of}, sort_keys=True))
    write(rendered + "/compose.yaml", yaml(compose))


main(*sys.argv[1:])
