"""What a timeline says of a step: what it is about, and which side has done it, without a name."""

from collections.abc import Mapping
from enum import StrEnum

from domain.viewer import Role


class Subject(StrEnum):
    """What a step of an order's way is about; a state machine is called like that."""

    ORDER = "ORDER"
    MATCH = "MATCH"
    NOMINATION = "NOMINATION"
    MEETING = "MEETING"
    CONTRACT = "CONTRACT"
    APPOINTMENT = "APPOINTMENT"
    PLAN = "PLAN"


class ActorSide(StrEnum):
    """Who has done it."""

    SEEKER = "SEEKER"
    ACCEPTOR = "ACCEPTOR"
    COORDINATOR = "COORDINATOR"
    STAFF = "STAFF"
    SYSTEM = "SYSTEM"


_SIDES: Mapping[Role, ActorSide] = {
    Role.SEEKER: ActorSide.SEEKER,
    Role.ASSISTANT: ActorSide.ACCEPTOR,
    Role.COORDINATOR: ActorSide.COORDINATOR,
    Role.CUSTOMER_SERVICE: ActorSide.STAFF,
    Role.ADMINISTRATION: ActorSide.STAFF,
}
_ACCEPTING = frozenset({Role.ASSISTANT, Role.COORDINATOR})


def actor_side(role: Role, subject: Subject, reader: Role) -> ActorSide:
    """The side that did it.

    Acceptors are not told of each other, not even whether it was an assistant or a provider: what
    any of them does with the order is done by an acceptor.
    """
    if subject is Subject.ORDER and role in _ACCEPTING and reader in _ACCEPTING:
        return ActorSide.ACCEPTOR
    return _SIDES.get(role, ActorSide.SYSTEM)
