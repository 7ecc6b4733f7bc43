"""What providers of the scene cost and are recognised for, and who wants to join them."""

from datetime import date, timedelta

from tests.schema.plan.scene_cast import DAWN, PERSON, PROVIDER, Row, key_of

_PAST, _AHEAD, _LATER = date(2020, 1, 1), date(2198, 1, 1), date(2199, 1, 1)


def provider_prices() -> list[Row]:
    """Of one payer a price that is over, the present one and one ahead; another one alone."""
    found = [
        ("north", "PRIVATE", 3_000, date(2019, 1, 1)),
        ("north", "PRIVATE", 3_250, _PAST),
        ("north", "PRIVATE", 3_500, _AHEAD),
        ("north", "CARE_INSURANCE", 3_299, _LATER),
    ]
    return [
        {
            "id": key_of(60 - at),
            "provider_id": PROVIDER[name],
            "payer": payer,
            "cents": cents,
            "valid_from": day,
        }
        for at, (name, payer, cents, day) in enumerate(found)
    ]


def provider_recognitions() -> list[Row]:
    """One for good, one that is over, one that begins and ends ahead."""
    found = [
        ("north", "EVERYDAY_SUPPORT", _PAST, None),
        ("north", "CARE_SERVICE", _PAST, date(2021, 1, 1)),
        ("north", "INTEGRATION_ASSISTANCE", _AHEAD, _LATER),
    ]
    return [
        {
            "id": key_of(70 - at),
            "provider_id": PROVIDER[name],
            "kind": kind,
            "valid_from": first,
            "valid_until": last,
        }
        for at, (name, kind, first, last) in enumerate(found)
    ]


def applications() -> list[Row]:
    """In every state; what is prepared or decided is not the provider's to see."""
    found = [
        ("tina", "north", "WAITING", "COORDINATOR"),
        ("coordinator_without_provider", "south", "INVITED", "ADMIN"),
        ("quentin", "north", "PREPARED", "COORDINATOR"),
        ("sven", "south", "WAITING", "COORDINATOR"),
        ("sven", "north", "REJECTED", "COORDINATOR"),
        ("paula", "south", "WITHDRAWN", "COORDINATOR"),
        ("kai", "north", "APPROVED", "COORDINATOR"),
        ("lena", "north", "ENDED", "COORDINATOR"),
    ]
    return [
        {
            "id": key_of(950 + at),
            "user_id": PERSON[label],
            "provider_id": PROVIDER[name],
            "coordinator_role": role,
            "state": state,
            "version": at % 3 + 1,
            "created_at": DAWN + timedelta(hours=at),
        }
        for at, (label, name, state, role) in enumerate(found)
    ]
