"""What the patches have in common: how one is written down, where added state lives, how an answer is given."""

import itertools
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Callable

ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Patch:
    """One change to moto: which service, what the provider sees without it, the moto version it was needed for."""

    name: str
    service: str
    defect: str
    moto: str
    apply: Callable[[], None]


PATCHES: list[Patch] = []

# Services (or paths of one) that moto lacks, answered in front of its dispatcher: (matches, answer).
FRONTS: list[tuple[Callable[["Request"], bool], Callable[["Request"], "Answer"]]] = []


def patch(service: str, defect: str, moto: str = "5.2.1"):
    """Registers a function that changes moto when it is called."""

    def register(apply):
        PATCHES.append(Patch(f"{service}/{apply.__name__}", service, defect, moto, apply))
        return apply

    return register


def action(cls, name=None):
    """Adds an API action to a response class of moto: a method named like the action, in snake case."""

    def add(method):
        setattr(cls, name or method.__name__, method)
        return method

    return add


def around(cls, name):
    """Replaces a method by one that gets the original as its first argument."""

    def wrap(method):
        original = getattr(cls, name)
        setattr(cls, name, lambda self, *args, **kwargs: method(original, self, *args, **kwargs))
        return method

    return wrap


_stores: dict[tuple[str, str, str], dict] = {}
_numbers = itertools.count(1)


def store(response, kind: str) -> dict:
    """Objects of a kind that moto does not know, by account and region."""
    return _stores.setdefault((kind, response.current_account, response.region), {})


def number() -> int:
    return next(_numbers)


def now() -> datetime:
    return datetime.now(timezone.utc)


def unique(prefix: str) -> str:
    return f"{prefix}{uuid.uuid4().hex[:17]}"


def chosen(items: dict, wanted) -> list:
    """The items of these names, or all when none is named."""
    names = [wanted] if isinstance(wanted, str) else wanted
    return [value for key, value in items.items() if not names or key in names]


@dataclass(frozen=True)
class Request:
    """A request as a front sees it."""

    service: str
    method: str
    path: str
    query: str
    target: str
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: str = "200 OK"
    type: str = "application/x-amz-json-1.1"
    headers: tuple = ()


def answer(value, status="200 OK") -> Answer:
    return Answer(json.dumps(value).encode(), status)


def refusal(code: str, message: str) -> Answer:
    return Answer(json.dumps({"__type": code, "message": message}).encode(), "400 Bad Request")


def front(matches):
    """Registers a function that answers the requests for which `matches` holds."""

    def register(give):
        FRONTS.append((matches, give))
        return give

    return register
