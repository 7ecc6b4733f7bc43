"""The ways to an answer, and what of an answer is compared."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx
from hypothesis import strategies as st

from tests.schema.plan.operations import Operation, operation_for
from tests.schema.plan.scene import LABELS, STAFF, vicinity
from tests.schema.plan.scene_delegations import ACTING

_REFERENCE = re.compile(rb'"reference":"([0-9a-f]+)"')
_LANGUAGES = (None, None, None, "en", "de-x-leicht", "fr, en;q=0.1")
_BUSY = (*STAFF, "anna", "bruno", "paula", "quentin", "sven", "kai", "lena", *ACTING)

# What of a generated operation the plan leaves to the ordinary way, because it has to fail there,
# or because it is about the schema itself.
LEFT = {
    "CursorInvalid",
    "DateRefused",
    "GraphQLError",
    "IdMalformed",
    "NotMyDistrict",
    "NumberOutOfRange",
    "ReferenceRefused",
    "RoleNotAllowed",
    "SearchTooShort",
    "arguments",
    "undeclared root",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and in which language."""

    label: str
    language: str | None = None


Headers = dict[str, dict[str, str]]
Way = Callable[[Caller, Operation], Awaitable[bytes]]


async def answer(way: Way, caller: Caller, operation: Operation) -> bytes:
    """What an operation is answered one way, with references to the log blanked.

    Several errors are put in the order of their paths: they come as their fields get ready.
    """
    found = await way(caller, operation)
    for reference in set(_REFERENCE.findall(found)):
        found = found.replace(reference, b"-")
    return _ordered(found) if b'"errors":[' in found else found


def _ordered(found: bytes) -> bytes:
    body = json.loads(body_of(found))
    if len(body.get("errors", ())) < 2:
        return found
    body["errors"].sort(key=json.dumps)
    return found[:4] + json.dumps(body, ensure_ascii=False).encode()


def alike(found: bytes, wanted: bytes) -> bool:
    """Whether two answers are the same, byte by byte.

    Where errors in places that may not be null race for the whole answer, the library tells of the
    one that came first: then the places may differ, not what is said.
    """
    return found == wanted or (_lost(found) is not None and _lost(found) == _lost(wanted))


def _lost(found: bytes) -> tuple[bytes, list[str]] | None:
    """The status and the messages of an answer whose data are all lost."""
    body = json.loads(body_of(found))
    if body.get("data", body) is not None:
        return None
    return found[:3], sorted(each["message"] for each in body["errors"])


async def same(one: Way, other: Way, caller: Caller, operation: Operation) -> bytes:
    """The answer that two ways have to give alike, byte by byte."""
    wanted = await answer(one, caller, operation)
    found = await answer(other, caller, operation)
    assert alike(found, wanted), f"{found.decode()}\ninstead of\n{wanted.decode()}"
    return found


def over_http(http: httpx.AsyncClient, headers: Headers) -> Way:
    """The way of every client: through the application, to the bytes of its answer.

    The status stands before the body, since it belongs to the answer.
    """

    async def way(caller: Caller, operation: Operation) -> bytes:
        language = {"Accept-Language": caller.language} if caller.language else {}
        found = await http.post(
            "/graphql",
            json={
                "query": operation.text,
                "operationName": operation.operation_name,
                "variables": operation.variables,
            },
            headers={
                "Accept": "application/graphql-response+json",
                **headers[caller.label],
                **language,
            },
        )
        return b"%d " % found.status_code + found.content

    return way


def status_of(found: bytes) -> int:
    """The status in front of an answer."""
    return int(found[:3])


def body_of(found: bytes) -> bytes:
    """What stands behind the status."""
    return found[4:]


_NEAR = {label: vicinity(label) for label in LABELS}


def case_of(random: Random) -> tuple[Caller, Operation]:
    """A caller with an operation, as a rule one that was written for this caller."""
    label = random.choice(_BUSY * 12 + LABELS)
    meant = label if random.randint(0, 9) < 9 else random.choice(_BUSY)
    return Caller(label, random.choice(_LANGUAGES)), operation_for(_NEAR[meant], random)


def cases() -> "st.SearchStrategy[tuple[Caller, Operation]]":
    """Callers with operations."""
    return st.randoms(use_true_random=False).map(case_of)


def pieces(items: list[Any], size: int) -> Iterator[list[Any]]:
    """A list cut into pieces of a size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
