"""Who may see which row at which stage, naively and from the rules alone.

Written from the disclosure ladder and from what the models promise in words, over all rows of all
tables. Nothing here calls `visible_to`, a loader or a resolver: those are what is examined.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.disclosure import Stage
from tests.schema.plan.oracle_history import came_after_yes, concerns
from tests.schema.plan.world import Row, World

_STAGE = {
    "SUGGESTED": Stage.RELEASED,
    "ACCEPTED": Stage.MATCH,
    "ON_HOLD": Stage.MATCH,
    "REQUESTED": Stage.COMMISSION,
    "AWARDED": Stage.COMMISSION,
    "MEETING": Stage.COMMISSION,
    "CONTRACTED": Stage.CONTRACT,
}
AGREED = set(_STAGE) - {"SUGGESTED"}
# Whoever sees one of these sees all of it.
_WRITTEN = {"Conversation", "Message"}  # what staff does not read either
_WHOLE = {"Application", "Coordinator", "Delegation", "Nomination", "Contract", "Notification"}
_WHOLE |= {"Appointment", "AppointmentPlan", "FundingSource", "FundingCharge"}
_WHOLE |= _WRITTEN


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one viewer may see; `me` is None for somebody who is not signed in.

    `actor` is who acts for `me`, by which `delegation`; None if nobody does.
    """

    world: World
    me: Row | None
    actor: UUID | None = None
    delegation: UUID | None = None

    @property
    def key(self) -> UUID | None:
        """The viewer's own id."""
        return None if self.me is None else self.me["id"]

    @property
    def role(self) -> str:
        """What the viewer is."""
        return "ANONYMOUS" if self.me is None else self.me["role"]

    @property
    def released(self) -> bool:
        """Whoever is not released takes part in nothing."""
        return self.me is not None and self.me["state"] == "RELEASED"

    @property
    def staff(self) -> bool:
        """Customer service and administration, once released."""
        return self.released and self.role in ("CUSTOMER_SERVICE", "ADMINISTRATION")

    @property
    def provider(self) -> UUID | None:
        """The provider a released coordinator speaks for."""
        entry = self.world.first("coordinators", "user_id", self.key)
        speaks = self.released and self.role == "COORDINATOR" and entry is not None
        return entry["provider_id"] if speaks and entry else None

    def sees(self, kind: str, row: Row) -> bool:
        """Whether the row exists for this viewer."""
        hidden = kind in _WRITTEN or kind == "Notification"
        everything = kind == "Provider" or (self.staff and not hidden)
        return everything or self._may_see(kind, row)

    def _may_see(self, kind: str, row: Row) -> bool:
        rules: Mapping[str, Callable[[Row], bool]] = {
            "User": lambda row: bool(row["id"] == self.key),
            "Match": self._may_see_match,
            "TalkSlot": self._may_see_slot,
            "Application": self._may_see_application,
            "Delegation": self._may_see_delegation,
            "Nomination": self._may_see_nomination,
            "Contract": self._may_see_contract,
            "Conversation": self._may_see_conversation,
            "Message": self._may_see_message,
            "Appointment": self._may_see_contract,
            "FundingSource": self._may_see_funding,
            "FundingCharge": self._may_see_charge,
            "Notification": self._may_see_notification,
            "Meeting": self._may_see_meeting,
            "TimelineEntry": self._may_see_entry,
            "AuditEntry": self._may_see_entry,
            "Coordinator": lambda row: row["id"] == self.key or self._is_mine(row),
            "Order": self._may_see_order,
            "Seeker": self._may_see_seeker,
            "Assistant": self._may_see_assistant,
        }
        return rules[kind](row)

    def _may_see_order(self, row: Row) -> bool:
        mine = self.role == "SEEKER" and row["seeker_id"] == self.key
        return mine or bool(self._answers_to(row))

    def _may_see_seeker(self, row: Row) -> bool:
        mine = self.role == "SEEKER" and row["id"] == self.key
        return mine or bool(self._agreed_with_seeker(row))

    def _may_see_assistant(self, row: Row) -> bool:
        mine = self.role == "ASSISTANT" and row["id"] == self.key
        return mine or self._leads(row) or bool(self._agreed_with_assistant(row))

    def _leads(self, assistant: Row) -> bool:
        """Whether the assistant is one of the viewer's provider, or wants to be."""
        return self._is_mine(assistant) or self._is_asked_by(assistant)

    def _is_mine(self, row: Row) -> bool:
        """Whether the row is about the viewer's own provider."""
        return self.provider is not None and row["provider_id"] == self.provider

    def _may_see_application(self, row: Row) -> bool:
        """One's own; a provider learns of those who wait for it."""
        shown = self._is_mine(row) and row["state"] == "WAITING"
        return row["user_id"] == self.key or shown

    def _may_see_delegation(self, row: Row) -> bool:
        """Either side; who acts sees the one that allows it."""
        sides = (row["principal_id"], row["delegate_id"])
        if self.delegation is not None:
            return bool(row["id"] == self.delegation)
        return self.key is not None and self.key in sides

    def _may_see_nomination(self, row: Row) -> bool:
        """The provider that names; the seeker and the assistant as long as it stands."""
        match = self.world.row("Match", row["match_id"])
        order = self.world.row("Order", match["order_id"]) if match else None
        if self.provider is not None and match is not None:
            return bool(match["provider_id"] == self.provider)
        sides = {"SEEKER": order and order["seeker_id"], "ASSISTANT": row["assistant_id"]}
        stands = row["state"] in {"NOMINATED", "CHOSEN"} and self.released
        return stands and self.role in sides and sides[self.role] == self.key

    def _may_see_contract(self, row: Row) -> bool:
        """The parties, and the assistant who comes."""
        if self.role == "COORDINATOR":
            return self._is_mine(row)
        sides = {"SEEKER": row["seeker_id"], "ASSISTANT": row["assistant_id"]}
        return self.released and self.role in sides and sides[self.role] == self.key

    def _may_see_funding(self, row: Row) -> bool:
        """One's own: the other side never learns who pays."""
        return self.released and self.role == "SEEKER" and row["seeker_id"] == self.key

    def _may_see_charge(self, row: Row) -> bool:
        source = self.world.row("FundingSource", row["source_id"])
        return source is not None and self._may_see_funding(source)

    def _may_see_notification(self, row: Row) -> bool:
        """One's own; who acts for somebody learns nothing about the security of the account."""
        hidden = self.actor is not None and row["topic"] == "SECURITY"
        return self.key is not None and row["receiver_id"] == self.key and not hidden

    def _may_see_meeting(self, row: Row) -> bool:
        """Who comes to it, or speaks for a provider that sends somebody."""
        people = self.world.those("meeting_people", "meeting_id", row["id"])
        if self.provider is not None:
            return any(each["provider_id"] == self.provider for each in people)
        comes = self.released and self.role in {"SEEKER", "ASSISTANT"}
        return comes and any(each["user_id"] == self.key for each in people)

    def _may_see_entry(self, row: Row) -> bool:
        """What concerns oneself, and of an order what came after one's own yes."""
        return concerns(self, row) or came_after_yes(
            self, row, lambda match: match["state"] in AGREED and self._may_see_match(match)
        )

    def _may_see_conversation(self, row: Row) -> bool:
        """Both sides of the match, ended or not; whoever only comes is none of them."""
        match = self.world.row("Match", row["match_id"])
        order = self.world.row("Order", match["order_id"]) if match else None
        if not self.released or match is None or order is None:
            return False
        if self.role == "SEEKER":
            return bool(order["seeker_id"] == self.key)
        return self.is_acceptor_of(match)

    def _may_see_message(self, row: Row) -> bool:
        conversation = self.world.row("Conversation", row["conversation_id"])
        return conversation is not None and self._may_see_conversation(conversation)

    def _is_asked_by(self, assistant: Row) -> bool:
        """Whether the assistant waits for an answer of the viewer's provider."""
        found = self.world.those("applications", "user_id", assistant["id"])
        return any(self._is_mine(each) and each["state"] == "WAITING" for each in found)

    def _may_see_slot(self, slot: Row) -> bool:
        """One's own, and on the way to release the free ones that lie ahead."""
        bookings = self.world.those("talk_bookings", "slot_id", slot["id"])
        waits = self.me is not None and self.me["state"] == "REGISTERED"
        ahead = slot["starts_at"] > datetime.now(UTC) and slot["cancelled_at"] is None
        free = ahead and all(each["state"] == "CANCELLED" for each in bookings)
        own = any(each["user_id"] == self.key for each in bookings)
        return own or (free and waits and self.role in {"SEEKER", "ASSISTANT"})

    def _may_see_match(self, match: Row) -> bool:
        """A seeker learns who said yes; an acceptor sees what was not ended."""
        if not self.released:
            return False
        if self.role == "SEEKER":
            order = self.world.row("Order", match["order_id"])
            mine = order is not None and order["seeker_id"] == self.key
            return mine and match["state"] in AGREED
        waits = match["state"] == "SUGGESTED" and match["waits_until"] is not None
        comes = self._chosen_for(match) or self._comes_with(match)
        shown = self.is_acceptor_of(match) or comes
        return match["state"] in _STAGE and not waits and shown

    def _chosen_for(self, match: Row) -> bool:
        """Whether the seeker has chosen the viewer; of a contract that one whom it names."""
        if self.key is None or match["nominee_id"] != self.key:
            return False
        named = self.world.those("contracts", "match_id", match["id"])
        return match["state"] != "CONTRACTED" or any(
            each["assistant_id"] == self.key and each["state"] in {"AGREED", "ENDED"}
            for each in named
        )

    def _comes_with(self, match: Row) -> bool:
        """Whether one of the viewer's provider's people was commissioned."""
        assistant = self.world.row("Assistant", match["assistant_id"])
        return (
            assistant is not None
            and self.provider is not None
            and assistant["provider_id"] == self.provider
            and match["state"] in {"REQUESTED", "AWARDED", "MEETING", "CONTRACTED"}
        )

    def is_acceptor_of(self, match: Row) -> bool:
        """Whether the match is the viewer's own answer, or that of the viewer's provider."""
        if self.role == "ASSISTANT":
            return bool(match["assistant_id"] == self.key)
        return self.provider is not None and match["provider_id"] == self.provider

    def _answers_to(self, order: Row) -> list[Row]:
        """The viewer's own matches with an order."""
        found = self.world.those("matches", "order_id", order["id"])
        return [each for each in found if self.role != "SEEKER" and self._may_see_match(each)]

    def _agreed_with_seeker(self, seeker: Row) -> list[Row]:
        """The matches in which the viewer said yes to an order of this seeker."""
        orders = self.world.those("orders", "seeker_id", seeker["id"])
        found = [each for order in orders for each in self._answers_to(order)]
        return [each for each in found if each["state"] in AGREED]

    def _agreed_with_assistant(self, assistant: Row) -> list[Row]:
        """The matches in which this assistant said yes to an order of the viewer."""
        found = [
            *self.world.those("matches", "assistant_id", assistant["id"]),
            *self.world.those("matches", "nominee_id", assistant["id"]),
        ]
        return [each for each in found if self.role == "SEEKER" and self._may_see_match(each)]

    def stages(self, kind: str) -> set[Stage]:
        """The stages at which the viewer sees rows of a kind."""
        return {self.stage(kind, row) for row in self.visible(kind)}

    def stage(self, kind: str, row: Row) -> Stage:
        """How close the viewer is to what the row shows."""
        if row["id" if kind != "Order" else "seeker_id"] == self.key and self.key is not None:
            return Stage.OWN
        whole = kind in _WHOLE
        if self.staff or whole or (kind == "Assistant" and self._leads(row)):
            return Stage.STAFF
        match kind:
            case "Order":
                return _highest(self._answers_to(row))
            case "Seeker":
                return _highest(self._agreed_with_seeker(row))
            case "Assistant":
                return _highest(self._agreed_with_assistant(row))
            case _:
                return Stage.COUNTING

    def visible(self, kind: str) -> list[Row]:
        """The rows of a kind that exist for this viewer, oldest first."""
        return [row for row in self.world.rows(kind) if self.sees(kind, row)]


def _highest(matches: Iterable[Row]) -> Stage:
    return max((_STAGE[each["state"]] for each in matches), default=Stage.COUNTING)
