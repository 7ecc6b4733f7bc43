"""What comes next with a match and a contract, from the side of whoever reads."""

import pytest

from domain.contract_state import ContractState
from domain.match import AcceptorKind
from domain.states import MatchState, OrderState
from domain.viewer import Role, Viewer
from notifications.language import Language, text
from schema.contract import contract_step
from schema.match import available_actions, step_code

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


@pytest.mark.parametrize(
    ("kind", "match", "order", "dates", "roles"),
    [
        ("PROVIDER", _M.REQUESTED, _O.REQUESTED, False, {"COORDINATOR": "PROPOSE_MEETINGS"}),
        (
            "ASSISTANT",
            _M.AWARDED,
            _O.AWARDED,
            False,
            dict.fromkeys(("SEEKER", "ASSISTANT"), "PROPOSE_MEETINGS"),
        ),
        ("ASSISTANT", _M.AWARDED, _O.AWARDED, True, {}),
        ("ASSISTANT", _M.ON_HOLD, _O.AWARDED, False, {}),
        (
            "PROVIDER",
            _M.MEETING,
            _O.MEETING_HELD,
            False,
            dict.fromkeys(("SEEKER", "ASSISTANT", "COORDINATOR"), "DRAFT_CONTRACT"),
        ),
    ],
)
def test_a_match_has_the_button_that_begins_what_comes_next(
    kind: str, match: MatchState, order: OrderState, dates: bool, roles: dict[str, str]
) -> None:
    def begins(role: Role) -> list[str]:
        viewer = Viewer(id=None, role=role)
        given = available_actions(
            AcceptorKind(kind),
            match,
            order,
            proofs_expired=False,
            meeting_open=dates,
            viewer=viewer,
            language=Language.DE,
        )
        codes = ("PROPOSE_MEETINGS", "DRAFT_CONTRACT")
        return [each.code for each in given if each.code in codes and each.available]

    found = {role.value: begins(role) for role in Role}
    assert {role: codes for role, codes in found.items() if codes} == {
        role: [code] for role, code in roles.items()
    }
