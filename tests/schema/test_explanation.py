"""Which wishes an explanation names to whom, and when."""

from domain.states import MatchState
from domain.viewer import AccountState, Role, Viewer
from notifications.language import Language
from schema.match import explanation

MET, UNMET = "SPR_UK ERF_PSYCHISCH ALL_TIERE", "ERF_DEMENZ ART_RUHIG"


def named(state: MatchState, role: Role) -> list[str]:
    viewer = Viewer(id=None, role=role, state=AccountState.RELEASED)
    return [each.code for each in explanation(MET, UNMET, state, viewer, Language.EN)]


def test_who_is_merely_asked_reads_no_wish_that_says_something_of_the_person() -> None:
    everything = [*MET.split(), *UNMET.split()]
    assert named(MatchState.SUGGESTED, Role.ASSISTANT) == ["ALL_TIERE", "ART_RUHIG"]
    assert named(MatchState.SUGGESTED, Role.CUSTOMER_SERVICE) == everything
    assert named(MatchState.ACCEPTED, Role.ASSISTANT) == everything
    assert named(MatchState.ACCEPTED, Role.SEEKER) == everything
