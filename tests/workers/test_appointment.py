"""Reminders of appointments all the way: out of the outbox, over SMTP, when they are due."""

from datetime import UTC, datetime

from models.outbox import Outbox, State
from models.user import User
from portal.mailsink import Sink
from services.appointment_reminder import REMIND_JOB
from tests.people import Place
from tests.services.contracting import agreed
from tests.services.dating import at, fixed
from tests.workers.test_message import sink
from workers.run import register_all
from workers.runner import LocalRunner

__all__ = ["sink"]


async def test_a_reminder_goes_at_its_instant_and_once(
    owner_url: str, place: Place, sink: Sink
) -> None:
    both, contract = await agreed(owner_url, place)
    await fixed(both, contract, at("09:00"))
    others = Outbox.exclude(kind=REMIND_JOB)
    await others.update(state=State.CANCELLED, finished_at=datetime.now(UTC))
    runner = LocalRunner()
    register_all(runner)
    assert await runner.drain() == 0, "it lies ahead"
    await Outbox.filter(kind=REMIND_JOB).update(available_at=datetime.now(UTC))
    assert await runner.drain() == 1 + 2
    assert await runner.drain() == 0
    people = await User.filter(id__in=[both.seeker.id, both.helper.id])
    assert sorted(each.to for each in sink.mails) == sorted([each.email] for each in people)
    assert {each.subject for each in sink.mails} == {"Erinnerung an einen Termin"}
