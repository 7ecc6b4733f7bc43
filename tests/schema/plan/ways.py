"""The ways to an answer, and what of an answer is compared."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from hypothesis import strategies as st

from tests.schema.plan.operations import Operation, operations
from tests.schema.plan.scene import IDS, LABELS, near

_REFERENCE = re.compile(rb'"reference":"([0-9a-f]+)"')
_STAFF = ("officer", "admin")
_BUSY = (*_STAFF, "anna", "bruno", "paula", "quentin", "sven", "kai", "lena")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and in which language."""

    label: str
    language: str | None = None


Headers = dict[str, dict[str, str]]
Way = Callable[[Caller, Operation], Awaitable[bytes]]


async def answer(way: Way, caller: Caller, operation: Operation) -> bytes:
    """What an operation is answered one way, with references to the log blanked."""
    found = await way(caller, operation)
    for reference in set(_REFERENCE.findall(found)):
        found = found.replace(reference, b"-")
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


_NEAR = {label: IDS if label in _STAFF else near(label) for label in LABELS}


@st.composite
def cases(draw: Callable[["st.SearchStrategy[Operation]"], Operation]) -> tuple[Caller, Operation]:
    """A caller with an operation, as a rule one that was written for this caller."""
    label: str = draw(st.sampled_from(_BUSY * 7 + LABELS))  # type: ignore[assignment, arg-type]  # a draw of another type
    language: str | None = draw(st.sampled_from([None, None, None, "en", "de-x-leicht", "fr, en;q=0.1"]))  # type: ignore[assignment, arg-type]  # as above
    meant: str = label if draw(st.integers(0, 9)) < 9 else draw(st.sampled_from(_BUSY))  # type: ignore[assignment, arg-type, operator]  # as above
    return Caller(label, language), draw(operations(_NEAR[meant]))
