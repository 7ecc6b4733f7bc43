"""A timeline names sides, and to acceptors no more than that it was one of them."""

import pytest

from domain.timeline import ActorSide, Subject, actor_side
from domain.viewer import Role
from models.concern import CONCERNS

SIDES = {
    Role.SEEKER: ActorSide.SEEKER,
    Role.ASSISTANT: ActorSide.ACCEPTOR,
    Role.COORDINATOR: ActorSide.COORDINATOR,
    Role.CUSTOMER_SERVICE: ActorSide.STAFF,
    Role.ADMINISTRATION: ActorSide.STAFF,
    Role.SYSTEM: ActorSide.SYSTEM,
    Role.ANONYMOUS: ActorSide.SYSTEM,
    Role.REPRESENTATIVE: ActorSide.SYSTEM,
}


@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("role", Role)
def test_seekers_and_staff_are_told_the_side(role: Role, subject: Subject) -> None:
    for reader in (Role.SEEKER, Role.CUSTOMER_SERVICE, Role.ADMINISTRATION):
        assert actor_side(role, subject, reader) is SIDES[role]


@pytest.mark.parametrize("reader", [Role.ASSISTANT, Role.COORDINATOR])
def test_acceptors_are_not_told_which_kind_moved_the_order(reader: Role) -> None:
    for role in (Role.ASSISTANT, Role.COORDINATOR):
        assert actor_side(role, Subject.ORDER, reader) is ActorSide.ACCEPTOR
        assert actor_side(role, Subject.MATCH, reader) is SIDES[role]
    assert actor_side(Role.SEEKER, Subject.ORDER, reader) is ActorSide.SEEKER


def test_whatever_belongs_to_an_order_is_a_subject() -> None:
    about = {name for name, each in CONCERNS.items() if "NULL" not in each.order}
    assert about <= {each.value for each in Subject}
    assert {"ORDER", "MATCH"} <= about
