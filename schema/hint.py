"""The live number of a draft and what would raise it, ready to be applied."""

from typing import Any

import strawberry
from strawberry.scalars import JSON

from domain.activity import CATALOGUE as ACTIVITIES
from domain.matching.band import Banded, ToldHint
from domain.matching.demand import Demand
from domain.matching.hint import Hint as Relaxation
from domain.matching.hint import HintKind
from domain.quality import CATALOGUE as QUALITIES
from domain.window import windows_of
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="How many more would fit if the draft asked for a little less.")
class Hint:
    """Send `input` to `updateOrder`: the number is `count` then, or less if it is not exact."""

    kind: HintKind = strawberry.field(description="What is asked for less of.")
    code: str | None = strawberry.field(description="The quality or activity that is left out.")
    message: str = strawberry.field(description="In one sentence, in the reader's language.")
    count: int = strawberry.field(description="How many assistants fit after it.")
    exact: bool = strawberry.field(description="False: it is at most `count`.")
    input: JSON = strawberry.field(description="What to send to `updateOrder` as its `input`.")


def hint(told: ToldHint, order_id: strawberry.ID, language: Language) -> Hint:
    """A relaxation in the reader's words."""
    found = told.hint
    return Hint(
        kind=found.kind,
        code=found.code,
        message=words.hint(
            found.kind, _label(found, language), _number(told.more, language), language
        ),
        count=told.after.count,
        exact=told.after.exact,
        input=JSON({"orderId": order_id, **_change(found.kind, found.relaxed)}),
    )


def _number(told: Banded, language: Language) -> str:
    return words.number(told.count, told.bound, language)


def _label(found: Relaxation, language: Language) -> str:
    if found.kind is HintKind.QUALITY:
        return words.quality(str(found.code), language)
    if found.kind is HintKind.ACTIVITY:
        return words.activity(str(found.code), language)
    if found.window is not None:
        return words.enum("weekday", str(found.window.weekday), language)
    return ""


def _change(kind: HintKind, relaxed: Demand) -> dict[str, Any]:
    """Only the field that the hint is about, as `UpdateOrderInput` takes it."""
    if kind is HintKind.ACTIVITY:
        return {"activities": [code for code in ACTIVITIES if code in relaxed.activities]}
    if kind is HintKind.QUALITY:
        asked = relaxed.must | relaxed.wishes
        return {
            "qualities": [
                {"code": code, "must": code in relaxed.must} for code in QUALITIES if code in asked
            ]
        }
    if kind is HintKind.WINDOW:
        return {
            "windows": [
                {"weekday": each.weekday, "start": each.start, "end": each.end}
                for each in windows_of(relaxed.week)
            ]
        }
    return {"maxDistanceKm": None}
