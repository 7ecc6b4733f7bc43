"""Whom a transition concerns and what it belongs to, as SQL over the row `moved` that has moved.

This decides who may ever read the entry (`Transition.visible_to`): a machine that is not about an
order names the person; one that belongs to a match says `of_match`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract_state import CONTRACT
from domain.funding_state import FUNDING
from domain.states import (
    ACCOUNT,
    AGREED_MATCH,
    APPLICATION,
    DELEGATION,
    MATCH,
    MEETING,
    NOMINATION,
    ORDER,
    TALK,
)

_NOTHING = "NULL::uuid"
# A seeker never learns of somebody who did not accept, who in turn never learned of the seeker.
_ACCEPTED = "CASE WHEN ARRAY[moved.source, moved.state]::text[] && ARRAY[{}] THEN {{}} END".format(
    ", ".join(f"'{state}'" for state in sorted(AGREED_MATCH))
)
_SEEKER = "(SELECT seeker_id FROM orders WHERE id = {})"
_ORDER = "(SELECT order_id FROM matches WHERE id = {})"
_OF_CONTRACT = "(SELECT {} FROM contracts WHERE id = moved.contract_id)"
_ACCEPTOR = "(SELECT coalesce(assistant_id, provider_id) FROM matches WHERE id = {})"


@dataclass(frozen=True, slots=True)
class Concern:
    """The one whose account or order it is, the other side, the order, the match."""

    person: str = _NOTHING
    other: str = _NOTHING
    order: str = _NOTHING
    match: str = _NOTHING

    @property
    def values(self) -> str:
        """In the order of `COLUMNS`."""
        return f"{self.person}, {self.other}, {self.order}, {self.match}"


COLUMNS = "person_id, other_id, order_id, match_id"


def of_match(key: str) -> Concern:
    """Something that the two sides of a match have with each other, by the match's id."""
    order = _ORDER.format(key)
    return Concern(_SEEKER.format(order), _ACCEPTOR.format(key), order, key)


CONCERNS: Mapping[str, Concern] = {
    ACCOUNT.name: Concern("moved.id"),
    APPLICATION.name: Concern("moved.user_id"),
    APPOINTMENT.name: Concern(
        "moved.seeker_id",
        "moved.assistant_id",
        _OF_CONTRACT.format("order_id"),
        _OF_CONTRACT.format("match_id"),
    ),
    CONTRACT.name: of_match("moved.match_id"),
    DELEGATION.name: Concern("moved.principal_id", "moved.delegate_id"),
    FUNDING.name: Concern("moved.seeker_id"),
    MATCH.name: Concern(
        person=_ACCEPTED.format(_SEEKER.format("moved.order_id")),
        other=_ACCEPTED.format("coalesce(moved.assistant_id, moved.provider_id)"),
        order="moved.order_id",
        match="moved.id",
    ),
    MEETING.name: of_match("moved.match_id"),
    NOMINATION.name: replace(of_match("moved.match_id"), other="moved.assistant_id"),
    ORDER.name: Concern("moved.seeker_id", order="moved.id"),
    PLAN.name: Concern(
        _OF_CONTRACT.format("seeker_id"),
        "moved.assistant_id",
        _OF_CONTRACT.format("order_id"),
        _OF_CONTRACT.format("match_id"),
    ),
    TALK.name: Concern("moved.user_id"),
}
