"""Mails that went twice for no reason, and reminders at the wrong time, are found."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.talk import reminder_version
from faults.checks.mails import Excuses, sends_wrong
from faults.checks.reminders import j9_reminders
from faults.post import Sent
from tests.faults.telling import NOON, mail

ONE, OTHER, MEETING = UUID(int=1), UUID(int=2), UUID(int=3)
NOTHING = Excuses({}, [])
KILLED = Excuses({"worker-1": {1}}, [])


def wrong(state: str, sent: Sequence[Sent], excuses: Excuses = NOTHING) -> list[str]:
    row = {"id": ONE, "kind": "order_accepted", "state": state}
    return sends_wrong([row], {ONE: sent} if sent else {}, excuses)


def test_a_mail_goes_once_and_once_more_when_its_sender_died() -> None:
    twice = [mail(ONE), mail(ONE, generation=2, seconds=30)]
    assert wrong("SENT", twice[:1]) == []
    assert len(wrong("SENT", twice)) == 1
    assert wrong("SENT", twice, KILLED) == []
    assert len(wrong("SENT", [*twice, mail(ONE, generation=3, seconds=60)], KILLED)) == 1


def test_a_crash_of_the_database_at_that_moment_explains_a_repeat_too() -> None:
    twice = [mail(ONE), mail(ONE, seconds=30)]
    assert wrong("SENT", twice, Excuses({}, [NOON + timedelta(seconds=2)])) == []
    assert len(wrong("SENT", twice, Excuses({}, [NOON + timedelta(seconds=60)]))) == 1


@pytest.mark.parametrize(("state", "sent"), [("SENT", []), ("WAITING", []), ("FAILED", [])])
def test_a_mail_that_never_went_is_found(state: str, sent: list[Sent]) -> None:
    assert len(wrong(state, sent)) == 1


def test_a_repeat_under_another_id_is_found() -> None:
    row = {"id": ONE, "kind": "order_accepted", "state": "SENT"}
    sent = {ONE: [mail(ONE)], OTHER: [mail(OTHER)]}
    assert len(sends_wrong([row], sent, NOTHING)) == 1


def reminded(seconds: float = 1.0, *, version: int = 2, receivers: int = 2) -> Any:
    rows = [
        {
            "id": UUID(int=10 + number),
            "reference": MEETING,
            "version": reminder_version(version, 1),
            "receiver_id": UUID(int=20 + number),
        }
        for number in range(receivers)
    ]
    ids = [UUID(int=10 + number) for number in range(receivers)]
    sent = {each: [mail(each, seconds=seconds)] for each in ids}
    return j9_reminders(rows, {MEETING: (2, NOON)}, sent, NOTHING)


def test_each_side_is_reminded_once_after_the_instant() -> None:
    assert reminded() == ([], 1.0)


def test_a_reminder_that_is_early_late_stale_or_missing_is_found() -> None:
    assert "too early" in reminded(-1.0)[0][0]
    assert "late" in reminded(61.0)[0][0]
    assert "older version" in reminded(version=1)[0][0]
    assert "has 1 reminders" in reminded(receivers=1)[0][0]
