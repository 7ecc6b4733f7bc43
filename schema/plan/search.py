"""Finding people by what somebody types: the beginnings of columns, for staff alone, and logged.

A search reads personal data, so it is told who made one; never for what, which is personal itself.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import strawberry

from domain.errors import SearchTooShort
from domain.permissions import demand_role
from domain.text import clean
from domain.viewer import STAFF, Viewer

SHORTEST, LONGEST = 2, 100
SLOT = "{}"

_COLUMNS = "searched"
_log = logging.getLogger(__name__)


def searching(description: str, *columns: str) -> Any:
    """A field of a filter: each of its words begins one of the columns."""
    return strawberry.field(default=None, description=description, metadata={_COLUMNS: columns})


def searched(metadata: Mapping[Any, Any]) -> tuple[str, ...]:
    """The columns that a field of a filter searches; none if it is no search."""
    found: tuple[str, ...] = metadata.get(_COLUMNS, ())
    return found


def conditions(text: str, columns: tuple[str, ...], field: str) -> Iterator[tuple[str, list[str]]]:
    """What holds of a row for each word, and the values of its places.

    Raises:
        TextRefused, TextTooLong: no text that anybody types.
        SearchTooShort: too many people would be found.
    """
    words = clean(text, field=field, limit=LONGEST).split()
    if not any(len(word) >= SHORTEST for word in words):
        raise SearchTooShort(field=field, limit=SHORTEST)
    either = " OR ".join(map(_begins, columns))
    for word in words:
        yield f"({either})", [word] * (2 * len(columns))


def _begins(column: str) -> str:
    """Compared byte by byte, as the indexes are ordered; no character comes behind the last one."""
    low, high = f"lower({SLOT}::text)", f"(lower({SLOT}::text) || chr(1114111))"
    return f'(lower(t."{column}") ~>=~ {low} AND lower(t."{column}") ~<~ {high})'


def permit(viewer: Viewer) -> None:
    """Let staff search.

    Raises:
        SignInRequired, SecondFactorMissing, RoleNotAllowed, AccountNotReleased: nobody else may.
    """
    demand_role(viewer, *STAFF)


def note(viewer: Viewer) -> None:
    """Log who searches."""
    _log.info("people searched by %s", viewer.actor_id)
