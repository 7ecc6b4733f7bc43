"""The history as the graph shows it: as the timeline of an order or match, and as audit entries."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.timeline import ActorSide, Subject
from domain.timeline import actor_side as side_of
from domain.viewer import Role, Viewer
from models import history as models
from schema import words
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation

if TYPE_CHECKING:
    from schema.match import Match
    from schema.order import Order
    from schema.user import User


def subject(machine: str) -> Subject:
    """What it is about."""
    return Subject(machine)


def actor_side(role: str, machine: str, viewer: Viewer) -> ActorSide:
    """Which side has done it, as far as the reader may know that."""
    return side_of(Role(role), Subject(machine), viewer.role)


def actor_role(role: str) -> Role:
    """In which role it was done."""
    return Role(role)


def plain_id(aggregate: str) -> str:
    """The digits at the end of an id of this graph."""
    return str(aggregate).replace("-", "")


def sealed(seal__sequence: int | None) -> bool:
    """Whether it is in the chain."""
    return seal__sequence is not None


def acted_by(
    on_behalf: bool,
    principal_id: str | None,
    actor__first_name: str | None,
    actor__last_name: str | None,
    viewer: Viewer,
) -> str | None:
    """The name of who acted for somebody: for that person and for staff, as long as it is known."""
    mine = viewer.acting is None and str(viewer.id) == str(principal_id)
    if not on_behalf or actor__first_name is None or not (viewer.is_staff or mine):
        return None
    return f"{actor__first_name} {actor__last_name}"


@entity(models.Transition, "One step on the way of an order.")
class TimelineEntry:
    """Names of nobody: sides."""

    id: strawberry.ID = identifier("The entry's id.")
    at: datetime = column("When it was.")
    action: str = column("What was done, as a code.")
    action_label: str = computed(words.step_label, "What was done, in the reader's language.")
    sentence: str = computed(words.step_sentence, "What happened, in one or two sentences.")
    actor_side: ActorSide = computed(actor_side, "Which side has done it.")
    acting_for_seeker: bool = column("Somebody has done it for the seeker.", "on_behalf")
    subject: Subject = computed(subject, "What it is about.")
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "With which match; null if it is about none, or if you may not see that any more."
    )
    state: str = column("Where it stood from then on.", "target")
    state_label: str = computed(words.step_state, "The same in the reader's language.")


@entity(models.Transition, "One change of state, as it stands in the sealed history.")
class AuditEntry:
    """Written once; who did it is forgotten after a year, or with the account."""

    id: strawberry.ID = identifier("The entry's id.")
    machine: str = column("Of what kind of thing: ACCOUNT, ORDER, MATCH and so on.")
    aggregate: str = computed(plain_id, "Of which one: the 32 digits at the end of its id.")
    version: int = column("The version that it has had from then on.")
    action: str = column("What was done, as a code.")
    action_label: str = computed(words.step_label, "What was done, in the reader's language.")
    source: str = column("Where it stood before; empty at the beginning.")
    target: str = column("Where it stood from then on.")
    at: datetime = column("When it was.")
    actor_role: Role = computed(actor_role, "In which role it was done.")
    actor: Annotated["User", strawberry.lazy("schema.user")] | None = relation(
        "Who did it: yourself, or anybody for staff."
    )
    on_behalf: bool = column("It was done for somebody else.")
    principal: Annotated["User", strawberry.lazy("schema.user")] | None = relation(
        "For whom: yourself, or anybody for staff."
    )
    acted_by: str | None = computed(
        acted_by, "The name of who did it for somebody else: for that person and staff."
    )
    person: Annotated["User", strawberry.lazy("schema.user")] | None = relation(
        "Whose account or order it is: yourself, or anybody for staff.", key="person_id"
    )
    order: Annotated["Order", strawberry.lazy("schema.order")] | None = relation(
        "Of which order, if you may see it."
    )
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "Of which match, if you may see it."
    )
    sealed: bool = computed(sealed, "It is in the chain; that takes about a minute.")
    hash: str | None = column(
        "Its seal: keep it to prove later that nothing was changed.", "seal__hash"
    )


@strawberry.input(description="Which entries.")
class AuditFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    machine: list[str] | None = strawberry.field(
        default=None, description="Of one of these kinds of things."
    )
    action: list[str] | None = strawberry.field(
        default=None, description="With one of these actions."
    )
    aggregate: strawberry.ID | None = strawberry.field(
        default=None, description="Of this very thing: an id of this graph."
    )
    order_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this order and everything that belongs to it."
    )
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose account or order it is: the id of a user."
    )
    at_from: datetime | None = strawberry.field(
        default=None, description="At this instant or later."
    )
    at_until: datetime | None = strawberry.field(default=None, description="Before this instant.")
    and_: list["AuditFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["AuditFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "AuditFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@strawberry.input(description="Which deeds.")
class DeedFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    actor_id: strawberry.ID | None = strawberry.field(
        default=None, description="Who did it: the id of a user."
    )
    machine: list[str] | None = strawberry.field(
        default=None, description="Of one of these kinds of things."
    )
    at_from: datetime | None = strawberry.field(
        default=None, description="At this instant or later."
    )
    at_until: datetime | None = strawberry.field(default=None, description="Before this instant.")
    and_: list["DeedFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["DeedFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "DeedFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )
