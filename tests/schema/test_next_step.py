"""What comes next with a match and a contract, from the side of whoever reads."""

import pytest

from domain.contract_state import ContractState
from domain.states import MatchState, OrderState
from domain.viewer import Role, Viewer
from notifications.language import Language, text
from schema.contract import contract_step
from schema.match import step_code

_M, _O = MatchState, OrderState


@pytest.mark.parametrize(
    ("state", "order", "proofs", "dates", "code"),
    [
        (_M.SUGGESTED, _O.IN_PROGRESS, True, False, "SUGGESTED"),
        (_M.SUGGESTED, _O.AWARDED, True, False, "PAUSED"),
        (_M.ACCEPTED, _O.IN_PROGRESS, False, False, "UNPROVEN"),
        (_M.REQUESTED, _O.REQUESTED, True, False, "REQUESTED"),
        (_M.REQUESTED, _O.REQUESTED, True, True, "DATES_PROPOSED"),
        (_M.MEETING, _O.MEETING_SET, True, True, "MEETING"),
        (_M.MEETING, _O.MEETING_HELD, True, False, "MEETING_HELD"),
    ],
)
def test_a_match_points_to_what_is_to_be_done(
    state: MatchState, order: OrderState, proofs: bool, dates: bool, code: str
) -> None:
    assert step_code(state, order, proofs=proofs, dates=dates) == code


def test_whoever_agreed_to_the_present_terms_waits_for_the_other_side() -> None:
    seeker, assistant = (Viewer(id=None, role=role) for role in (Role.SEEKER, Role.ASSISTANT))

    def step(viewer: Viewer, said: str) -> str:
        return contract_step(ContractState.DRAFT, 2, said, viewer, Language.DE)

    waits = text("next_steps.CONTRACT.SAID.seeker", Language.DE)
    assert step(seeker, "SEEKER:2") == waits
    for viewer, said in ((seeker, "SEEKER:1"), (assistant, "SEEKER:2")):
        assert step(viewer, said) == text("next_steps.CONTRACT.DRAFT.seeker", Language.DE)
