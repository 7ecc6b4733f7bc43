"""What an order says comes next: what its meeting, its contract and whom a provider names say."""

import pytest

from domain.contract import ContractSide
from domain.contract_state import ContractState
from domain.contract_step import Progress
from domain.match import AcceptorKind
from domain.states import MatchState, OrderState
from domain.viewer import Role
from notifications.language import text
from schema import contract, match, order
from tests.schema.test_next_step import DE, READERS, reader, written


@pytest.mark.parametrize(
    ("named", "code"), [("NOMINATED", "NAMED"), ("NOMINATED CHOSEN", "CHOSEN")]
)
def test_an_inquiry_says_who_decides_about_whom_is_named(named: str, code: str) -> None:
    kind, state = AcceptorKind.PROVIDER, MatchState.REQUESTED
    sides = {Role.SEEKER: "seeker", Role.COORDINATOR: "acceptor"}
    for role, side in sides.items():
        row = (kind, state, OrderState.REQUESTED, False, None, None, named)
        assert match.next_step(*row, reader(role), DE) == text(
            f"next_steps.MATCH.{code}.{side}", DE
        )
    own = order.next_step(OrderState.REQUESTED, None, None, named, reader(Role.SEEKER), DE)
    assert own == text(f"next_steps.MATCH.{code}.seeker", DE)


@pytest.mark.parametrize("state", OrderState)
def test_an_order_says_what_its_meeting_and_its_contract_say(state: OrderState) -> None:
    owner = reader(Role.SEEKER)
    chosen = "PROPOSED|ACCEPTOR||SEEKER COORDINATOR"
    plain = text(f"next_steps.ORDER.{state}.owner", DE)
    assert order.next_step(state, None, None, "", owner, DE) == plain
    turn = text("next_steps.MEETING.CHOOSE", DE)
    before = state in {OrderState.REQUESTED, OrderState.AWARDED, OrderState.MEETING_SET}
    assert order.next_step(state, chosen, None, "", owner, DE) == (turn if before else plain)
    if state in {OrderState.MEETING_HELD, OrderState.CONTRACTED}:
        known = ContractState.DRAFT if state is OrderState.MEETING_HELD else ContractState.AGREED
        progress = Progress(known, by_provider=False, proposed=frozenset({ContractSide.ACCEPTOR}))
        reads = contract.contract_step(known, None, written(progress), owner, DE)
        assert order.next_step(state, None, written(progress), "", owner, DE) == reads
    for role in READERS[1:]:
        found = order.next_step(state, chosen, None, "", reader(role), DE)
        assert found == text(f"next_steps.ORDER.{state}.acceptor", DE), "it stands with the match"


@pytest.mark.parametrize("role", [Role.SEEKER, Role.COORDINATOR])
def test_nobody_is_sent_to_a_contract_with_somebody_who_was_not_met(role: Role) -> None:
    row = (AcceptorKind.PROVIDER, MatchState.MEETING, OrderState.MEETING_HELD, False, None)
    side = "seeker" if role is Role.SEEKER else "acceptor"
    for named, step in (("", "UNMET"), ("NOMINATED", "UNMET"), ("CHOSEN", "MEETING_HELD")):
        said = match.next_step(*row, None, named, reader(role), DE)
        assert said == text(f"next_steps.MATCH.{step}.{side}", DE)
        given = match.available_actions(*row, named, reader(role), DE)
        drafts = "DRAFT_CONTRACT" in {each.code for each in given}
        assert drafts is (step == "MEETING_HELD")
