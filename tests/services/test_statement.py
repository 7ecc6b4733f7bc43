"""Monthly statements: for whoever sees the contract; reminded of once, and only while it is so."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.errors import MonthRefused, NotFound, SignInRequired
from domain.statement import instants_of, last_month
from domain.viewer import ANONYMOUS
from models.appointment import Appointment
from models.database import execute, transaction
from models.message import Message
from notifications.language import Language
from notifications.pdf import pdf
from notifications.printout import Table, html
from services import clock
from services.appointment_end import confirm_appointment
from services.statement import monthly_statement, remind_of_unconfirmed, values_of
from services.statement_printout import statement_printout, statement_table
from tests.appointment_rows import put_appointment
from tests.people import Place
from tests.services.dating import House, served
from tests.services.scenes import seeker_of
from tests.services.test_commission import mails
from tests.staging import guards_asleep

BEGINS, ENDS = instants_of(last_month(clock.today()))
MONTH = f"{last_month(clock.today()):%Y-%m}"


async def worked(owner_url: str, place: Place) -> tuple[House, list[UUID]]:
    """Three of last month, one recorded and two confirmed; and some that do not count."""
    house = await served(owner_url, place)
    found = (
        ("CONFIRMED", BEGINS),
        ("WORKED", BEGINS + timedelta(days=3)),
        ("CONFIRMED", ENDS - timedelta(hours=1)),
        ("CONFIRMED", ENDS),
        ("CONFIRMED", BEGINS - timedelta(minutes=61)),
        ("FIXED", BEGINS + timedelta(days=5)),
        ("CANCELLED", BEGINS + timedelta(days=6)),
    )
    async with guards_asleep(owner_url) as connection:
        rows = [
            await put_appointment(connection, house.contract, state, starts_at=begins)
            for state, begins in found
        ]
    return house, rows[:3]


async def test_a_month_holds_what_began_in_it_and_was_worked(owner_url: str, place: Place) -> None:
    house, rows = await worked(owner_url, place)
    for viewer in (house.seeker, house.helper, house.coordinator):
        found = await monthly_statement(viewer, house.contract, MONTH)
        assert [line.appointment_id for line in found.lines] == rows
        assert (found.minutes, found.cents) == (180, 7500)
        assert (found.confirmed_minutes, found.confirmed_cents) == (120, 5000)
    with pytest.raises(NotFound):
        await monthly_statement(await seeker_of(place), house.contract, MONTH)
    with pytest.raises(SignInRequired):
        await monthly_statement(ANONYMOUS, house.contract, MONTH)
    with pytest.raises(MonthRefused):
        await monthly_statement(house.seeker, house.contract, "2999-01")


@pytest.mark.parametrize("language", list(Language))
async def test_a_statement_is_a_page_a_file_and_a_table(
    owner_url: str, place: Place, language: Language
) -> None:
    house, _rows = await worked(owner_url, place)
    await execute("UPDATE contracts SET payer = 'CARE_INSURANCE' WHERE id = $1", house.contract)
    printout = await statement_printout(house.seeker, house.contract, MONTH, language)
    (table,) = [each for each in printout.blocks if isinstance(each, Table)]
    assert [len(row) for row in table.rows] == [len(table.header)] * 3
    said = html(printout)
    point = "." if language is Language.EN else ","
    assert f"75{point}00" in said
    assert f"50{point}00" in said
    assert pdf(printout).startswith(b"%PDF-1.7")
    text = await statement_table(house.seeker, house.contract, MONTH, language)
    header, *rows = list(csv.reader(io.StringIO(text)))
    assert [row[3:5] for row in rows] == [["60", "2500"]] * 3
    assert {len(row) for row in (header, *rows)} == {9}
    assert all("SGB" in row[8] for row in rows)


async def test_unconfirmed_hours_are_reminded_of_once_from_the_third_on(
    owner_url: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, rows = await worked(owner_url, place)
    this = clock.today().replace(day=1)
    for day, reminded in ((2, 0), (3, 1), (4, 0)):
        noon = datetime.combine(this.replace(day=day), datetime.min.time(), UTC)
        monkeypatch.setattr(clock, "today", lambda noon=noon: noon.date())
        async with transaction():
            assert await remind_of_unconfirmed() == reminded, day
    assert await mails("month_unconfirmed") == {house.seeker.id}
    message = await Message.get(kind="month_unconfirmed")
    assert await values_of(message, Language.DE) == {}
    row = await Appointment.get(id=rows[1])
    await confirm_appointment(house.seeker, None, row.id, row.version)
    assert await values_of(message, Language.DE) is None
