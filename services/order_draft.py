"""What a client says about an order, turned into a draft that the rules accept, and stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict
from uuid import UUID

from domain import order as rules
from domain.activity import known as known_activities
from domain.errors import DomainError
from domain.order import OrderDraft, OrderKind
from domain.quality import known as known_qualities
from domain.release import release_problems
from domain.states import OrderState
from domain.text import clean
from domain.window import Window, week_of
from models.database import execute
from models.event import append
from models.order import Order, parts_of
from services import clock


@dataclass(frozen=True, slots=True)
class Asked:
    """A quality that an order asks for."""

    code: str
    must: bool


class OrderPatch(TypedDict, total=False):
    """What a client says about an order; what is left out stays as it is."""

    kind: OrderKind
    description: str
    activities: Sequence[str]
    qualities: Sequence[Asked]
    personal_reason: bool
    windows: Sequence[Window]
    duration_minutes: int
    needs_driving: bool
    starts_at: Any
    start_date: Any
    interval: Any
    count: int | None
    max_distance_km: int | None


_STORED = (
    "kind",
    "description",
    "duration_minutes",
    "needs_driving",
    "starts_at",
    "start_date",
    "interval",
    "count",
    "week",
    "max_distance_km",
    "personal_reason",
)
_FORGET = """
DELETE FROM {table} WHERE order_id = $1 AND ({names}) NOT IN (SELECT * FROM unnest({said}))
"""
_ADD = """
INSERT INTO {table} (id, order_id, {names}) SELECT portal_uuid7(), $1, * FROM unnest({said})
ON CONFLICT DO NOTHING
"""


async def draft_of(order: Order) -> OrderDraft:
    """The order as it is, as a draft."""
    return order.draft(await parts_of(order.id))


def patched(draft: OrderDraft, patch: OrderPatch) -> OrderDraft:
    """The draft after a change.

    Raises:
        DomainError: everything that does not hold, listed as its problems.
    """
    changes: dict[str, Any] = dict(patch)
    found: list[DomainError] = []
    _take_windows(changes, draft, found)
    _take_codes(changes, draft, found)
    kind = changes.get("kind", draft.kind)
    if kind is not draft.kind:  # the other kind's fields go with it, unless they are sent again
        changes = dict.fromkeys(rules.foreign_fields(kind).values()) | changes
    after = replace(draft, **changes)
    found.extend(rules.problems(after, clock.now()))
    if found:
        raise DomainError.of(found)
    limit = rules.DESCRIPTION_LIMIT
    text = clean(after.description, field="description", limit=limit, lines=True)
    return replace(after, description=text)


def refuse_unready(draft: OrderDraft) -> None:
    """Refuse what cannot be released, or not stay so.

    Raises:
        DomainError: see `release_problems`, which it lists as its problems.
    """
    found = release_problems(draft, clock.now())
    if found:
        raise DomainError.of(found)


async def move_drafts(seeker_id: UUID, municipality_id: UUID) -> None:
    """Take a seeker's drafts along to another municipality, in the caller's transaction.

    Orders that people are asked for go along when they are amended: another place asks everybody
    again, which the seeker shall want.
    """
    own = Order.filter(seeker_id=seeker_id, state=OrderState.DRAFT)
    drafts = own.exclude(municipality_id=municipality_id).order_by("id")
    for each in await drafts.select_for_update(no_key=True):
        version = each.version + 1
        await Order.filter(id=each.id).update(municipality_id=municipality_id, version=version)
        await append("order", each.id, each.id, version, "ORDER")


def columns(draft: OrderDraft) -> dict[str, Any]:
    """The draft's values as columns of `orders`."""
    return {name: getattr(draft, name) for name in _STORED}


async def save_parts(order_id: UUID, draft: OrderDraft) -> None:
    """Write down which activities and qualities an order asks for."""
    qualities = [(code, code in draft.must) for code in sorted(draft.must | draft.wishes)]
    activities = sorted(draft.activities)
    await _keep("order_activities", "activity_id", "$2::text[]", order_id, activities)
    await _keep(
        "order_qualities",
        "quality_id, must",
        "$2::text[], $3::bool[]",
        order_id,
        [code for code, _ in qualities],
        [must for _, must in qualities],
    )


async def _keep(table: str, names: str, said: str, *given: object) -> None:
    """What is no longer said goes, what is new comes, and the rest stays the row that it is."""
    for statement in (_FORGET, _ADD):
        await execute(statement.format(table=table, names=names, said=said), *given)


def _take_windows(changes: dict[str, Any], draft: OrderDraft, found: list[DomainError]) -> None:
    if "windows" in changes:
        windows = changes.pop("windows")
        changes["week"] = _checked(found, lambda: week_of(windows), draft.week)


def _take_codes(changes: dict[str, Any], draft: OrderDraft, found: list[DomainError]) -> None:
    if "activities" in changes:
        codes = changes.pop("activities")
        changes["activities"] = _checked(found, lambda: known_activities(codes), draft.activities)
    if "qualities" in changes:
        asked: Sequence[Asked] = changes.pop("qualities")
        must = [each.code for each in asked if each.must]
        wishes = {each.code for each in asked} - {*must}  # said twice, the must counts
        changes["must"] = _checked(found, lambda: known_qualities(must), draft.must)
        changes["wishes"] = _checked(found, lambda: known_qualities(wishes), draft.wishes)


def _checked(found: list[DomainError], make: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return make()
    except DomainError as refusal:
        found.append(refusal)
        return otherwise
