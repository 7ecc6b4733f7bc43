"""The contracts of the scene as rows: every state, both models, one-sided and void yeses."""

from datetime import date, timedelta
from uuid import UUID

from tests.schema.plan.scene_cast import DAWN, PERSON, PROVIDER, Row, key_of
from tests.schema.plan.scene_orders import MATCH, ORDER, WISHES

_SEEKER = {wish.label: PERSON[wish.seeker] for wish in WISHES}
# order, acceptor of the match, assistant, provider that is the party, state, model, payer, end
_FOUND = (
    ("meeting_held", "paula", "paula", None, "DRAFT", "EMPLOYER", None, None),
    ("contracted", "paula", "paula", None, "AGREED", "SERVICE", "CARE_INSURANCE", None),
    ("completed", "north", "wim", "north", "ENDED", "SERVICE", "PRIVATE", "RUN_OUT"),
    ("bruno_contract", "quentin", "quentin", "north", "AGREED", "SERVICE", "OTHER", "BY_SEEKER"),
    ("dora_contract", "sven", "sven", None, "AGREED", "EMPLOYER", "HELP_TO_CARE", None),
    ("requested", "north", None, "north", "WITHDRAWN", "SERVICE", None, None),
    ("withdrawn", "paula", "paula", None, "WITHDRAWN", "SERVICE", None, None),
)
# contract, side, version, who said it, for whom
_SAID = (
    (0, "SEEKER", 1, "anna", None),
    (0, "ACCEPTOR", 2, "paula", None),
    (1, "SEEKER", 1, "vera", "anna"),
    (1, "ACCEPTOR", 1, "paula", None),
    (3, "SEEKER", 1, "bruno", None),
    (3, "ACCEPTOR", 1, None, None),  # whoever said it has an account no longer
    (1, "SEEKER", 2, "anna", None),  # the terms were others meanwhile
    (1, "ACCEPTOR", 2, "paula", None),
)


def _key(number: int) -> UUID:
    return key_of(1300 + number)


def contracts() -> list[Row]:
    return [_contract(at, *found) for at, found in enumerate(_FOUND)]


def _contract(  # noqa: PLR0913, PLR0917  one value per word of the table above
    number: int,
    order: str,
    acceptor: str,
    assistant: str | None,
    provider: str | None,
    state: str,
    model: str,
    payer: str | None,
    end: str | None,
) -> Row:
    moment = DAWN + timedelta(days=40, hours=number)
    return {
        "id": _key(number),
        "order_id": ORDER[order],
        "match_id": MATCH[order, acceptor],
        "seeker_id": _SEEKER[order],
        "assistant_id": PERSON[assistant] if assistant else None,
        "provider_id": PROVIDER[provider] if provider else None,
        "state": state,
        "version": 2 if state == "DRAFT" else number % 3 + 2,
        "model": model,
        "drafted_by": ("SEEKER", "ACCEPTOR")[number % 2],
        "starts_on": date(2026, 1, 31),
        "ends_on": date(2026, 12, 31) if end else None,
        "interval": ("DAY", "WEEK", "MONTH")[number % 3],
        "minutes": 60 + number,
        "hourly_cents": 1390 + number,
        "payer": payer,
        "end_reason": end,
        "created_at": moment,
        "agreed_at": moment if state in {"AGREED", "ENDED"} else None,
        "ended_at": moment + timedelta(days=9) if state == "ENDED" else None,
    }


def contract_activities() -> list[Row]:
    return [
        {"id": key_of(1320 + at), "contract_id": _key(number), "activity_id": code}
        for at, (number, code) in enumerate(
            [(0, "SOZ_GESPRAECHE"), (0, "HAU_EINKAUFEN"), (1, "HAU_EINKAUFEN"), (2, "HAU_KOCHEN")]
        )
    ]


def contract_consents() -> list[Row]:
    return [
        {
            "id": key_of(1340 + at),
            "contract_id": _key(contract),
            "side": side,
            "version": version,
            "actor_id": PERSON[actor] if actor else None,
            "principal_id": PERSON[principal] if principal else None,
            "at": DAWN + timedelta(days=41, hours=at),
        }
        for at, (contract, side, version, actor, principal) in enumerate(_SAID)
    ]
