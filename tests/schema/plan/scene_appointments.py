"""The appointments of the scene as rows: every state, stand-ins, warnings, and one far ahead."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.schema.plan.scene_cast import DAWN, PERSON, PROVIDER, Row, key_of
from tests.schema.plan.scene_contracts import contracts


@dataclass(frozen=True, slots=True)
class _Wish:
    """An appointment in words; `contract` is a number of `scene_contracts`."""

    contract: int
    state: str
    comer: str
    stands_in_for: int | None = None
    agreed: bool = True
    by: str = "ACCEPTOR"
    warned: str = ""
    ahead: bool = False


_WISHES = (
    _Wish(1, "FIXED", "paula", warned="short_rest beside_another", ahead=True),
    _Wish(1, "PROPOSED", "paula"),
    _Wish(1, "CLIENT_AGREED", "paula", agreed=False, by="SEEKER"),
    _Wish(1, "CANCELLED", "paula", warned="long_day"),
    _Wish(1, "PROPOSED", "rosa", stands_in_for=3, agreed=False),
    _Wish(1, "PROPOSED", "sven", stands_in_for=3),
    _Wish(2, "CONFIRMED", "wim", warned="long_day"),
    _Wish(3, "WORKED", "quentin", warned="long_day short_rest"),
    _Wish(3, "FIXED", "paula", by="SEEKER"),
    _Wish(4, "FIXED", "sven", warned="beside_another"),
)
_PLANNED = 1  # this one comes from a plan
_KNOWN = {"FIXED", "WORKED", "CONFIRMED", "CANCELLED"}
_HOURS = {"WORKED", "CONFIRMED"}


def appointments() -> list[Row]:
    return [_appointment(at, wish) for at, wish in enumerate(_WISHES)]


def _appointment(at: int, wish: _Wish) -> Row:
    contract = contracts()[wish.contract]
    begins = DAWN + timedelta(days=100_000 if wish.ahead else 60 + at)
    worked = begins if wish.state in _HOURS else None
    gap = wish.stands_in_for
    return {
        "id": key_of(1600 + at),
        "contract_id": contract["id"],
        "seeker_id": contract["seeker_id"],
        "assistant_id": PERSON[wish.comer],
        "provider_id": contract["provider_id"],
        "stands_in_for_id": None if gap is None else key_of(1600 + gap),
        "plan_id": key_of(1700) if at == _PLANNED else None,
        "occurrence": "2026-01-05T09:00" if at == _PLANNED else None,
        "state": wish.state,
        "version": at % 3 + 1,
        "proposed_by": wish.by,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "gap": at == 3,
        "agreed_at": DAWN if wish.agreed else None,
        "known_at": begins if wish.state in _KNOWN else None,
        **{name: name in wish.warned for name in ("short_rest", "long_day", "beside_another")},
        "worked_from": worked,
        "worked_until": worked and worked + timedelta(minutes=95, seconds=30),
        "cancel_reason": "ASSISTANT_ILL" if wish.state == "CANCELLED" else None,
        "cancelled_by": "ACCEPTOR" if wish.state == "CANCELLED" else None,
        "created_at": DAWN + timedelta(days=50, hours=at),
    }


def appointment_plans() -> list[Row]:
    """One that both have agreed to, one that waits, one that has ended."""
    found = (
        (1, "paula", "WEEK", "1@09:00 3@14:30", None, True, None),
        (3, "quentin", "MONTH", "31@08:00", "2026-12-31", False, None),
        (4, "sven", "DAY", "@07:15", None, False, DAWN + timedelta(days=70)),
    )
    return [
        {
            "id": key_of(1700 + at),
            "contract_id": contracts()[contract]["id"],
            "assistant_id": PERSON[comer],
            "version": at + 1,
            "state": "ENDED" if ended else "AGREED" if agreed else "PROPOSED",
            "proposed_by": ("SEEKER", "ACCEPTOR")[at % 2],
            "interval": interval,
            "slots": slots,
            "minutes": 90 + at,
            "first_on": date(2026, 1, 31),
            "last_on": last and date.fromisoformat(last),
            "holidays": ("SKIP", "KEEP")[at % 2],
            "skipped": "" if at else "2026-02-02 2026-02-04",
            "planned_until": date(2026, 3, 1) if agreed else None,
            "agreed_at": DAWN + timedelta(days=44) if agreed else None,
            "ended_at": ended,
            "end_reason": "REPLACED" if ended else None,
            "created_at": DAWN + timedelta(days=43),
        }
        for at, (contract, comer, interval, slots, last, agreed, ended) in enumerate(found)
    ]


def of(label: str) -> set[object]:
    """Those that somebody comes to, assists at, or speaks for a provider at."""
    mine = {PERSON.get(label), PROVIDER.get({"kai": "north", "lena": "south"}.get(label, ""))}
    keys = ("seeker_id", "assistant_id", "provider_id")
    return {row["id"] for row in appointments() if any(row[key] in mine - {None} for key in keys)}
