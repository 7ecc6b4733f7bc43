"""Who may do what, before anybody asks in which state."""

from uuid import UUID

import pytest

from domain.errors import AccountNotReleased, DomainError, RoleNotAllowed, SignInRequired
from domain.match import AcceptorKind
from domain.permissions import demand_role, may_answer, refusal_unless
from domain.viewer import ANONYMOUS, SYSTEM, AccountState, Role, Viewer

ME, OTHER, HOUSE = UUID(int=1), UUID(int=2), UUID(int=3)


def viewer(
    role: Role, state: AccountState = AccountState.RELEASED, provider: UUID | None = None
) -> Viewer:
    return Viewer(id=ME, role=role, state=state, provider_id=provider)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANONYMOUS])
@pytest.mark.parametrize("state", AccountState)
def test_role_and_release_decide(role: Role, state: AccountState) -> None:
    released = state is AccountState.RELEASED
    wanted = None if released else AccountNotReleased
    found = refusal_unless(viewer(role, state), role)
    assert (found and type(found)) == wanted
    assert refusal_unless(viewer(role, state), role, released=False) is None
    others = [other for other in Role if other is not role]
    refused = refusal_unless(viewer(role, state), *others)
    assert isinstance(refused, RoleNotAllowed)
    assert refused.params == {"doers": ", ".join(others)}


def test_the_anonymous_are_asked_to_sign_in_whatever_they_want() -> None:
    for roles in ((), (Role.SEEKER,), (Role.ANONYMOUS,)):
        assert isinstance(refusal_unless(ANONYMOUS, *roles), SignInRequired)


def test_a_demand_gives_the_id_or_raises_the_refusal() -> None:
    assert demand_role(viewer(Role.SEEKER), Role.SEEKER) == ME
    refusals: list[tuple[Viewer, type[DomainError]]] = [
        (ANONYMOUS, SignInRequired),
        (viewer(Role.ASSISTANT), RoleNotAllowed),
        (viewer(Role.SEEKER, AccountState.SUSPENDED), AccountNotReleased),
    ]
    for who, refusal in refusals:
        with pytest.raises(refusal):
            demand_role(who, Role.SEEKER)


def test_the_system_has_no_id_to_act_under() -> None:
    with pytest.raises(SignInRequired):
        demand_role(SYSTEM, Role.SYSTEM)


@pytest.mark.parametrize("role", Role)
def test_a_match_is_answered_by_its_acceptor_alone(role: Role) -> None:
    me, house = viewer(role), viewer(role, provider=HOUSE)
    assert may_answer(me, AcceptorKind.ASSISTANT, ME) == (role is Role.ASSISTANT)
    assert may_answer(house, AcceptorKind.PROVIDER, HOUSE) == (role is Role.COORDINATOR)
    assert not may_answer(me, AcceptorKind.ASSISTANT, OTHER)
    assert not may_answer(house, AcceptorKind.ASSISTANT, HOUSE)
    assert not may_answer(house, AcceptorKind.PROVIDER, OTHER)
    assert not may_answer(viewer(role, provider=ME), AcceptorKind.PROVIDER, HOUSE)
