"""The funding sources of the scene as rows: every state, every unit, and what two have paid for."""

from datetime import date, timedelta

from tests.schema.plan.scene_appointments import appointments
from tests.schema.plan.scene_cast import DAWN, PERSON, Row, key_of
from tests.schema.plan.scene_contracts import contracts

# seeker, state, instrument, payer, paragraph, cents, minutes, per
_FOUND = (
    ("anna", "APPROVED", "RELIEF_AMOUNT", "CARE_INSURANCE", "§ 45b SGB XI", None, None, "MONTH"),
    ("anna", "APPLIED", "PERSONAL_BUDGET", "HELP_TO_CARE", "§ 29 SGB IX", 90_000, None, "MONTH"),
    ("anna", "ENDED", "OTHER", "OTHER", None, None, 6_000, "WHOLE"),
    ("anna", "APPROVED", "PRIVATE", "PRIVATE", None, None, None, "MONTH"),
    ("bruno", "APPROVED", "HELP_TO_CARE", "HELP_TO_CARE", "§ 61 SGB XII", 50_000, None, "YEAR"),
    ("bruno", "REFUSED", "WORK_ASSISTANCE", "OTHER", "§ 185 Abs. 5 SGB IX", None, 600, "MONTH"),
    ("dora", "WITHDRAWN", "CONVERSION", "CARE_INSURANCE", "§ 45a Abs. 4 SGB XI", 1, None, "MONTH"),
)
_CONFIRMED = 6  # the number of an appointment, of contract 2, whose seeker is anna


def funding_sources() -> list[Row]:
    return [
        {
            "id": key_of(1800 + at),
            "seeker_id": PERSON[seeker],
            "state": state,
            "version": at % 3 + 1,
            "instrument": instrument,
            "payer": payer,
            "paragraph": paragraph,
            "cents": cents,
            "minutes": minutes,
            "per": per,
            "valid_from": date(2025, 11, 1) + timedelta(days=at),
            "valid_until": date(2026, 1, 31) if state == "ENDED" else None,
            "applied_on": date(2025, 10, at + 1) if at % 2 else None,
            "approved_on": date(2025, 11, 1) if state in {"APPROVED", "ENDED"} else None,
            "looked_on": date(2026, 1, 1) if at % 2 else None,
            "created_at": DAWN + timedelta(days=30, hours=at),
        }
        for at, (seeker, state, instrument, payer, paragraph, cents, minutes, per) in enumerate(
            _FOUND
        )
    ]


def contract_funding() -> list[Row]:
    return [
        {
            "id": key_of(1820 + place),
            "contract_id": contracts()[2]["id"],
            "source_id": key_of(1800 + source),
            "place": place,
        }
        for place, source in ((1, 0), (2, 2))
    ]


def funding_charges() -> list[Row]:
    """The first hour by the first source, the rest by the second."""
    appointment = appointments()[_CONFIRMED]
    return [
        {
            "id": key_of(1840 + at),
            "source_id": key_of(1800 + source),
            "appointment_id": appointment["id"],
            "day": appointment["worked_from"].date(),
            "first_minute": first,
            "minutes": minutes,
            "cents": 20 * minutes,
            "payer": _FOUND[source][3],
            "paragraph": _FOUND[source][4],
        }
        for at, (source, first, minutes) in enumerate(((0, 0, 60), (2, 60, 35)))
    ]
