"""Whoever asks for what hardly anybody is together is told so, and may ask for it all the same."""

from tests.graph import As
from tests.people import SHOPPING, Place, make_seeker

ORDER = """... on Order { id state qualityWarnings { codes message } draftIssues }
... on Refusal { code message }"""


async def test_musts_at_odds_are_told_of_and_do_not_hinder_the_release(
    as_: As, place: Place
) -> None:
    client = await as_(await make_seeker(place))
    both = [{"code": code, "must": True} for code in ("GES_FRAU", "GES_MANN")]
    said = {
        "kind": "RECURRING",
        "description": "Hilfe",
        "activities": [SHOPPING],
        "durationMinutes": 60,
        "windows": [{"weekday": 1, "start": "08:00", "end": "12:00"}],
        "startDate": "2031-03-03",
        "interval": "WEEK",
        "count": 1,
        "qualities": both,
        "personalReason": True,
    }
    order = await client.do("createOrder", said, ORDER)
    (warning,) = order["qualityWarnings"]
    assert warning["codes"] == ["GES_FRAU", "GES_MANN"]
    assert warning["message"].startswith("Sie verlangen „Frau“ und „Mann“ zugleich.")
    released = await client.do("releaseOrder", {"orderId": order["id"]}, ORDER)
    assert released["state"] == "RELEASED"
    assert released["qualityWarnings"] == order["qualityWarnings"]
    one = {"orderId": order["id"], "qualities": [both[0], {"code": "GES_MANN", "must": False}]}
    assert (await client.do("amendOrder", one, ORDER))["qualityWarnings"] == []
