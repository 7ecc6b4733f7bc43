"""What comes next, from the side of whoever reads: nobody is sent to what cannot be done now.

The tables are generated from the states; `availableActions` says what can be done.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations, product
from typing import TypeVar

import pytest

from domain.appointment import AppointmentAction, Part, Standing
from domain.appointment import blocked_reason as appointment_blocked
from domain.appointment_state import AppointmentState, PlanState
from domain.contract import ContractSide
from domain.contract_state import ContractState
from domain.contract_step import Progress
from domain.ids import uuid7
from domain.match import AcceptorKind
from domain.meeting import MeetingParty, MeetingSide, party
from domain.states import MatchState, MeetingState, OrderState
from domain.viewer import AccountState, Role, Viewer
from notifications.language import Language, text
from schema import appointment, appointment_plan, contract, match, meeting, words
from schema.action import Action

_A, _M, _O = AppointmentState, MatchState, OrderState
DE = Language.DE
T = TypeVar("T")
READERS = (Role.SEEKER, Role.ASSISTANT, Role.COORDINATOR, Role.CUSTOMER_SERVICE)
KEY, HOUSE = uuid7(), uuid7()
START = datetime(2027, 5, 3, 8, tzinfo=UTC)


def reader(role: Role) -> Viewer:
    house = HOUSE if role is Role.COORDINATOR else None
    return Viewer(id=KEY, role=role, state=AccountState.RELEASED, provider_id=house)


def possible(actions: Collection[Action]) -> set[str]:
    return {each.code for each in actions if each.available}


def subsets(of: Iterable[T]) -> Iterator[frozenset[T]]:
    whole = list(of)
    found = chain.from_iterable(combinations(whole, n) for n in range(len(whole) + 1))
    return map(frozenset, found)


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("state", MeetingState)
def test_a_meeting_sends_people_to_their_own_buttons(state: MeetingState, role: Role) -> None:
    viewer = reader(role)
    needed = {"CHOOSE": "CHOOSE_MEETING", "CONFIRM": "CONFIRM_MEETING", "RECORD": "RECORD_MEETING"}
    said = {text(f"next_steps.MEETING.{step}", DE): button for step, button in needed.items()}
    told = set()
    for proposed_by, chosen, begun in product(MeetingParty, (False, True), (False, True)):
        for waits in subsets(MeetingSide):
            if state is not MeetingState.PROPOSED and (waits or not chosen):
                continue  # whoever has not confirmed keeps it from being confirmed
            if not chosen and any(
                party(side) is not proposed_by for side in set(MeetingSide) - waits
            ):
                continue  # before a date is chosen only its proposer has confirmed
            row = (state, START if chosen else None, proposed_by, " ".join(sorted(waits)), begun)
            sentence = meeting.next_step(*row, None, viewer, DE)
            buttons = possible(meeting.available_actions(*row, viewer, DE))
            button = said.get(sentence)
            told.add(button)
            assert button is None or button in buttons
            if button is None:
                assert not buttons & set(needed.values())
    if state is MeetingState.PROPOSED and role in {Role.SEEKER, Role.ASSISTANT}:
        assert told == {"CHOOSE_MEETING", "CONFIRM_MEETING", None}


def written(progress: Progress) -> str:
    """As the subquery says it."""
    plans = [*progress.proposed, *(["AGREED"] * progress.planned)]
    parts = (
        progress.state,
        "t" if progress.by_provider else "f",
        " ".join(progress.said),
        progress.until or "",
        " ".join(plans),
        " ".join(progress.dates),
    )
    return "|".join(map(str, parts))


def progresses() -> Iterator[Progress]:
    """Every way in which an open contract can stand."""
    for by_provider in (False, True):
        for said in subsets(ContractSide):
            if len(said) < len(ContractSide):
                yield Progress(ContractState.DRAFT, by_provider=by_provider, said=said)
        for until, proposed, planned, dates in product(
            (None, date(2027, 6, 30)),
            subsets(ContractSide),
            (False, True),
            subsets((_A.PROPOSED, _A.CLIENT_AGREED, _A.FIXED)),
        ):
            yield Progress(
                ContractState.AGREED,
                by_provider=by_provider,
                until=until,
                proposed=proposed,
                planned=planned,
                dates=dates,
            )


def answerable(progress: Progress, viewer: Viewer) -> bool:
    """Whether a plan or a date waits for this reader, by their own buttons."""
    helper = str(KEY) if viewer.role is Role.ASSISTANT else str(uuid7())
    seeker = str(KEY) if viewer.role is Role.SEEKER else str(uuid7())
    house = str(HOUSE) if progress.by_provider else None
    for proposer in progress.proposed:
        row = (seeker, helper, house, proposer, PlanState.PROPOSED)
        if "AGREE_PLAN" in possible(appointment_plan.available_actions(*row, viewer, DE)):
            return True
    side = progress.side(viewer.role)
    parts = {ContractSide.SEEKER: Part.SEEKER, ContractSide.ACCEPTOR: Part.ACCEPTOR}
    return side is not None and any(
        appointment_blocked(
            AppointmentAction.AGREE_APPOINTMENT,
            parts[side],
            Standing(each, stands_in=False, acceptor_agreed=each is _A.PROPOSED, begun=False),
        )
        is None
        for each in progress.dates
    )


@pytest.mark.parametrize("role", READERS)
def test_a_contract_sends_people_to_their_own_buttons(role: Role) -> None:
    viewer, told = reader(role), set()
    helper = str(KEY) if role is Role.ASSISTANT else str(uuid7())
    for each in progresses():
        house = str(HOUSE) if each.by_provider else None
        said = " ".join(f"{side}:3" for side in each.said)
        sentence = contract.contract_step(each.state, house, written(each), viewer, DE)
        row = (each.state, 3, said, helper, house)
        buttons = possible(contract.available_actions(*row, viewer, DE))
        step, side = each.step(role), each.side(role)
        told.add(step)
        key = f"next_steps.CONTRACT.{step}.{side.value.lower() if side else 'other'}"
        assert sentence == text(key, DE, day="30. Juni 2027")
        if side is None:
            assert not buttons
            assert not answerable(each, viewer)
            continue
        assert ("CONSENT_TO_CONTRACT" in buttons) is (step == "DRAFT")
        assert answerable(each, viewer) is (step == "ANSWER")
        assert step != "AGREED" or "PLAN_APPOINTMENTS" in buttons
        if each.until and step != "ANSWER":
            assert "30. Juni 2027" in sentence, "an end that was said stands in the foreground"
        assert step not in {"AGREED", "PLANNED"} or not each.proposed
    steps = {"DRAFT", "SAID", "AGREED", "ANSWER", "OTHERS_ANSWER", "PLANNED", "ENDS"}
    assert told == steps - ({"ANSWER", "SAID"} if role is Role.CUSTOMER_SERVICE else set())


@pytest.mark.parametrize("kind", AcceptorKind)
def test_an_ended_contract_plans_nothing_and_tells_each_side_its_own(
    kind: AcceptorKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "contract_step", lambda code, side, *_: f"{code}.{side}")
    house = str(HOUSE) if kind is AcceptorKind.PROVIDER else None
    sides = {Role.SEEKER: "seeker", Role.COORDINATOR if house else Role.ASSISTANT: "acceptor"}
    row = (kind, _M.CONTRACTED, _O.COMPLETED, False, None, None, "")
    for viewer in map(reader, READERS):
        ended = f"ENDED.{sides.get(viewer.role, 'other')}"
        assert match.next_step(*row, viewer, DE) == ended
        assert contract.contract_step(ContractState.ENDED, house, None, viewer, DE) == ended


# Where an order stands while one of its matches stands there.
TOGETHER = {
    _M.SUGGESTED: (_O.RELEASED, _O.IN_PROGRESS, _O.REQUESTED, _O.AWARDED, _O.MEETING_HELD),
    _M.ACCEPTED: (_O.IN_PROGRESS,),
    _M.ON_HOLD: (_O.REQUESTED, _O.AWARDED, _O.MEETING_SET, _O.MEETING_HELD),
    _M.REQUESTED: (_O.REQUESTED,),
    _M.AWARDED: (_O.AWARDED,),
    _M.MEETING: (_O.MEETING_HELD,),
}
COMMISSION = {AcceptorKind.ASSISTANT: "AWARD_ORDER", AcceptorKind.PROVIDER: "SEND_INQUIRY"}
FROM_COMMISSION_ON = (_M.REQUESTED, _M.AWARDED, _M.MEETING)
OF_KIND = {AcceptorKind.ASSISTANT: _M.AWARDED, AcceptorKind.PROVIDER: _M.REQUESTED}


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize(
    ("kind", "proofs"),
    [
        (AcceptorKind.ASSISTANT, True),
        (AcceptorKind.ASSISTANT, False),
        (AcceptorKind.PROVIDER, True),
    ],
)
def test_a_match_sends_people_to_their_own_buttons(
    kind: AcceptorKind, role: Role, *, proofs: bool
) -> None:
    """Without a meeting or a contract, which say it themselves."""
    viewer = reader(role)
    of_kind = {AcceptorKind.ASSISTANT: Role.ASSISTANT, AcceptorKind.PROVIDER: Role.COORDINATOR}
    beside = role in of_kind.values() and role is not of_kind[kind]
    for state, orders in TOGETHER.items():
        if state in OF_KIND.values() and state is not OF_KIND[kind]:
            continue
        if beside and state not in FROM_COMMISSION_ON:
            continue  # whoever is only named, or employs, sees nothing before
        for order_state in orders:
            expired = not proofs
            row = (kind, state, order_state, expired, None)
            named = "CHOSEN" if state is _M.MEETING else ""
            sentence = match.next_step(*row, None, named, viewer, DE)
            given = match.available_actions(*row, named, viewer, DE)
            buttons = possible(given)
            sent = {
                ("SUGGESTED", "acceptor"): "ACCEPT_ORDER",
                ("ACCEPTED", "seeker"): COMMISSION[kind],
                ("REQUESTED", "acceptor"): "PROPOSE_MEETINGS",
                ("AWARDED", "seeker"): "PROPOSE_MEETINGS",
                ("AWARDED", "acceptor"): "PROPOSE_MEETINGS",
                ("MEETING_HELD", "seeker"): "DRAFT_CONTRACT",
                ("MEETING_HELD", "acceptor"): "DRAFT_CONTRACT",
            }
            by_sentence = {
                text(f"next_steps.MATCH.{step}.{side}", DE): button
                for (step, side), button in sent.items()
            }
            button = by_sentence.get(sentence)
            assert button is None or button in buttons, (state, order_state)
            for each in set(sent.values()) & buttons:
                assert button == each, (state, order_state)


def standings() -> Iterator[tuple[AppointmentState, bool, bool, bool]]:
    """State, whether it stands in for another, whether the acceptor agreed, whether there is a gap.

    A stand-in waits for who was asked and then for the client; nobody moves it, and it has no gap.
    """
    for state in _A:
        fixed = state in {_A.FIXED, _A.WORKED, _A.CONFIRMED}
        yield state, False, fixed or state is _A.PROPOSED, False
        if state is not _A.CLIENT_AGREED:
            yield state, True, True, False
    yield _A.PROPOSED, True, False, False
    for state in (_A.FIXED, _A.CANCELLED):
        yield state, False, True, True


@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.parametrize("house", [None, str(HOUSE)], ids=["alone", "provider"])
@pytest.mark.parametrize("role", READERS)
def test_an_appointment_sends_people_to_their_own_buttons(
    role: Role, house: str | None, *, begun: bool
) -> None:
    viewer = reader(role)
    seeker, helper = (
        str(KEY if role is mine else uuid7()) for mine in (Role.SEEKER, Role.ASSISTANT)
    )
    now = START + timedelta(hours=1 if begun else -1)
    needed = {
        "AGREE": {"AGREE_APPOINTMENT", "MOVE_APPOINTMENT"},
        **{step: {"AGREE_APPOINTMENT"} for step in ("AGREE_PERSON", "ANSWER")},
        "RECORD": {"RECORD_APPOINTMENT"},
        "CONFIRM": {"CONFIRM_APPOINTMENT"},
        "FILL_GAP": {"ASK_STAND_IN"},
    }
    by_sentence = {text(f"next_steps.APPOINTMENT.{at}", DE): each for at, each in needed.items()}
    for state, stands_in, agreed, gap in standings():
        row = (state, START, START if agreed else None, seeker, helper, house, stands_in, gap)
        sentence = appointment.next_step(*row, viewer, DE, now)
        buttons = possible(appointment.available_actions(*row, viewer, DE, now))
        sent = by_sentence.get(sentence, set())
        assert sent <= buttons, (state, sentence)
        waiting = buttons & {"AGREE_APPOINTMENT", "CONFIRM_APPOINTMENT", "ASK_STAND_IN"}
        assert waiting <= sent, (state, sentence)
