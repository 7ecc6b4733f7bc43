"""An order, its match and its contract say the same of what comes next, to each side its own."""

from typing import Any
from uuid import UUID

from domain.contract import ContractEnd
from domain.ids import encode
from domain.meeting import MeetingOutcome
from domain.viewer import Viewer
from models.meeting import Meeting
from models.user import User
from notifications.language import Language, text
from services.appointment import propose_appointment
from services.appointment_plan import agree_plan, plan_appointments
from services.contract import consent_to_contract, draft_contract
from services.contract_end import end_contract
from services.meeting_end import record_meeting
from tests.graph import As, Client
from tests.meetings import VIDEO, Pair, awarded, begin, choose, confirmed, propose, rooms
from tests.people import Place
from tests.services.contracting import agreed, run_out, terms
from tests.services.dating import at, day
from tests.services.test_appointment_plan import carried_out, weekly

MATCH = """query($id: ID!) { match(id: $id) { nextStep order { nextStep }
  contracts { nextStep } availableActions { code available } } }"""


class Reading:
    """What each side reads of a match, of its order and of its contract."""

    def __init__(self, seeker: Client, helper: Client, match: UUID) -> None:
        self.sides = {"seeker": seeker, "acceptor": helper}
        self.id = encode("match", "03155", match)

    async def of(self, side: str) -> Any:
        return (await self.sides[side].data(MATCH, id=self.id))["match"]

    async def says(self, seeker: str, acceptor: str, **values: str) -> None:
        """Both read these texts; the owner reads them at the order too."""
        for side, key in (("seeker", seeker), ("acceptor", acceptor)):
            found = await self.of(side)
            suffix = f".{side}" if key.startswith(("CONTRACT", "MATCH")) else ""
            wanted = text(f"next_steps.{key}{suffix}", Language.DE, **values)
            assert found["nextStep"] == wanted, (side, key)
            if side == "seeker" and not key.startswith("MATCH"):
                assert found["order"]["nextStep"] == wanted
            if key.startswith("CONTRACT"):
                assert [each["nextStep"] for each in found["contracts"]] == [wanted]


async def reading(as_: As, pair: Pair) -> Reading:
    assert pair.helper is not None
    return await _of(as_, pair.seeker, pair.helper, pair.match)


async def _of(as_: As, seeker: Viewer, helper: Viewer, match: UUID) -> Reading:
    clients = [await as_(await User.get(id=each.id)) for each in (seeker, helper)]
    return Reading(clients[0], clients[1], match)


async def test_from_the_award_to_the_contract(as_: As, owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    both = await reading(as_, pair)
    await both.says("MATCH.AWARDED", "MATCH.AWARDED")
    meeting = await propose(pair.helper, pair, at("10:00", ahead=2).begins)
    await both.says("MEETING.CHOOSE", "MEETING.OTHERS_CHOOSE")
    await propose(pair.seeker, pair, at("11:00", ahead=2).begins)
    await both.says("MEETING.OTHERS_CHOOSE", "MEETING.CHOOSE")
    meeting = await choose(pair.helper, await Meeting.get(id=meeting.id))
    await begin(meeting)
    await both.says("MEETING.RECORD", "MEETING.RECORD")
    await record_meeting(pair.seeker, None, meeting.id, MeetingOutcome.HELD)
    await both.says("MATCH.MEETING_HELD", "MATCH.MEETING_HELD")
    contract = await draft_contract(pair.helper, None, pair.match, terms())
    await both.says("CONTRACT.DRAFT", "CONTRACT.DRAFT")
    await consent_to_contract(pair.helper, None, contract.id, contract.version)
    await both.says("CONTRACT.DRAFT", "CONTRACT.SAID")
    await consent_to_contract(pair.seeker, None, contract.id, contract.version)
    await both.says("CONTRACT.AGREED", "CONTRACT.AGREED")


async def test_from_the_contract_to_its_end(as_: As, owner_url: str, place: Place) -> None:
    met, contract = await agreed(owner_url, place)
    both = await _of(as_, met.seeker, met.helper, met.match)
    await both.says("CONTRACT.AGREED", "CONTRACT.AGREED")
    plan = await plan_appointments(met.helper, None, contract.id, weekly(day(9)))
    await both.says("CONTRACT.ANSWER", "CONTRACT.OTHERS_ANSWER")
    await agree_plan(met.seeker, None, plan.id, plan.version)
    await carried_out(plan.id)
    await both.says("CONTRACT.PLANNED", "CONTRACT.PLANNED")
    await propose_appointment(met.seeker, None, contract.id, at("18:00", ahead=8))
    await both.says("CONTRACT.OTHERS_ANSWER", "CONTRACT.ANSWER")
    last = day(7)
    await end_contract(met.seeker, None, contract.id, last, ContractEnd.BY_SEEKER)
    months = text(f"enums.month.{last.month}", Language.DE)
    said = f"{last.day}. {months} {last.year}"
    await both.says("CONTRACT.ENDS", "CONTRACT.ENDS", day=said)
    await run_out(contract.id)
    found = await both.of("seeker")
    ended = text("next_steps.CONTRACT.ENDED.seeker", Language.DE)
    assert (found["nextStep"], found["contracts"][0]["nextStep"]) == (ended, ended)
    completed = text("next_steps.ORDER.COMPLETED.owner", Language.DE)
    assert found["order"]["nextStep"] == completed


async def test_an_open_video_meeting_keeps_nobody_from_arranging_the_introduction(
    as_: As, owner_url: str, place: Place
) -> None:
    await rooms()
    pair = await awarded(owner_url, place)
    await confirmed(pair, at("10:00", ahead=2).begins, kind=VIDEO)
    both = await reading(as_, pair)
    await both.says("MATCH.AWARDED", "MATCH.AWARDED")
    buttons = (await both.of("seeker"))["availableActions"]
    assert {"code": "PROPOSE_MEETINGS", "available": True} in buttons
