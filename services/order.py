"""Use cases of orders: create, change, release, withdraw."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypedDict
from uuid import UUID

from domain import order as rules
from domain.activity import known
from domain.errors import (
    CountImpossible,
    DateOutsideWindows,
    DomainError,
    FieldRequired,
    NotFound,
    OrderIncomplete,
    Stale,
    StateRefused,
)
from domain.ids import uuid7
from domain.matching.fit import holdable
from domain.order import OrderDraft, OrderKind
from domain.permissions import demand_role
from domain.states import MATCH, ORDER, OrderState
from domain.text import clean
from domain.viewer import Role, Viewer
from domain.window import Window, week_of
from models.database import fetch
from models.district import Municipality
from models.event import append
from models.offer import activities_of
from models.order import Order, OrderActivity
from models.outbox import enqueue
from models.user import Seeker, User
from services import clock
from services.match import demand_from
from services.transition import transition, transition_all
from services.use_case import use_case

MATCH_JOB = "order.match"


class OrderPatch(TypedDict, total=False):
    """What a client says about an order; what is left out stays as it is."""

    kind: OrderKind
    description: str
    activities: Sequence[str]
    windows: Sequence[Window]
    duration_minutes: int
    needs_driving: bool
    starts_at: Any
    start_date: Any
    interval: Any
    count: int | None
    max_distance_km: int | None


@use_case
async def create_order(viewer: Viewer, patch: OrderPatch) -> Order:
    """A draft of the viewer's, begun with the introduction and the windows of the profile.

    Raises:
        DomainError: see `rules.problems`; the profile's place decides where the order is.
    """
    seeker_id = demand_role(viewer, Role.SEEKER)
    seeker = await Seeker.get(id=seeker_id)
    user = await User.get(id=seeker_id)
    if user.municipality_id is None:
        raise FieldRequired(field="postcode")
    blank = OrderDraft(
        kind=patch.get("kind", OrderKind.RECURRING),
        description=seeker.introduction,
        activities=frozenset(),
        week=bytes(seeker.week),
        duration_minutes=60,
        needs_driving=False,
    )
    draft = _patched(blank, patch)
    order_id = uuid7()
    await Order.create(
        id=order_id,
        seeker_id=seeker_id,
        municipality_id=user.municipality_id,
        **_columns(draft),
    )
    await _save_activities(order_id, draft.activities)
    await append("order", order_id, order_id, 1, "ORDER")
    return await Order.get(id=order_id)


@use_case
async def update_order(
    viewer: Viewer, order_id: UUID, patch: OrderPatch, if_version: int | None = None
) -> Order:
    """Change a draft.

    Raises:
        NotFound, Stale, StateRefused: not the viewer's, changed in between, or released.
        DomainError: see `rules.problems`.
    """
    order = await _locked(viewer, order_id, if_version)
    if order.state is not OrderState.DRAFT:
        raise StateRefused(state=order.state.value, action="UPDATE_ORDER")
    draft = _patched(await _draft(order), patch)
    version = order.version + 1
    await Order.filter(id=order_id).update(**_columns(draft), version=version)
    await _save_activities(order_id, draft.activities)
    await append("order", order_id, order_id, version, "ORDER")
    return await Order.get(id=order_id)


@use_case
async def release_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """Let a draft be matched from now on.

    Raises:
        OrderIncomplete: with every missing field among its problems.
        DateOutsideWindows, CountImpossible, DateInPast: nobody could ever fit.
    """
    order = await _locked(viewer, order_id, if_version)
    if order.state is OrderState.DRAFT:
        await _refuse_unready(order)
    values = {"released_at": clock.now()}
    version = await transition(ORDER, order_id, "RELEASE_ORDER", viewer, values=values)
    await enqueue(MATCH_JOB, order_id, dedupe_key=f"{MATCH_JOB}:{order_id}:{version}")
    return await Order.get(id=order_id)


@use_case
async def withdraw_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """End an order before a contract: every match ends with it, nobody is left waiting."""
    await _locked(viewer, order_id, if_version)
    await transition(ORDER, order_id, "WITHDRAW_ORDER", viewer)
    await transition_all(MATCH, order_id, "LAPSE", viewer)
    await transition_all(MATCH, order_id, "END", viewer)
    return await Order.get(id=order_id)


async def _locked(viewer: Viewer, order_id: UUID, if_version: int | None) -> Order:
    seeker_id = demand_role(viewer, Role.SEEKER)
    order = (
        await Order.filter(id=order_id, seeker_id=seeker_id).select_for_update(no_key=True).first()
    )
    if order is None:
        raise NotFound(field="orderId")
    if if_version is not None and order.version != if_version:
        raise Stale(field="ifVersion", version=order.version)
    return order


async def _draft(order: Order) -> OrderDraft:
    activities = await activities_of([order.id])
    return order.draft(activities[order.id])


def _patched(draft: OrderDraft, patch: OrderPatch) -> OrderDraft:
    changes: dict[str, Any] = dict(patch)
    found: list[DomainError] = []
    if "windows" in changes:
        changes["week"] = _checked(found, lambda: week_of(changes.pop("windows")), draft.week)
        changes.pop("windows", None)
    if "activities" in changes:
        codes = changes.pop("activities")
        changes["activities"] = _checked(found, lambda: known(codes), draft.activities)
    kind = changes.get("kind", draft.kind)
    if kind is not draft.kind:  # the other kind's fields go with it, unless they are sent again
        changes = dict.fromkeys(rules.foreign_fields(kind).values()) | changes
    patched = replace(draft, **changes)
    found.extend(rules.problems(patched, clock.now()))
    if found:
        raise DomainError.of(found)
    limit = rules.DESCRIPTION_LIMIT
    text = clean(patched.description, field="description", limit=limit, lines=True)
    return replace(patched, description=text)


def _checked(found: list[DomainError], make: Any, otherwise: Any) -> Any:
    try:
        return make()
    except DomainError as refusal:
        found.append(refusal)
        return otherwise


async def _refuse_unready(order: Order) -> None:
    draft = await _draft(order)
    missing = [OrderIncomplete(field=name) for name in rules.missing_for_release(draft)]
    found: list[DomainError] = [*missing, *rules.problems(draft, clock.now())]
    if not found and not holdable(
        demand_from(draft, await Municipality.get(id=order.municipality_id))
    ):
        one_off = draft.kind is OrderKind.ONE_OFF
        found = [
            DateOutsideWindows(field="startsAt") if one_off else CountImpossible(field="count")
        ]
    if found:
        raise DomainError.of(found)


def _columns(draft: OrderDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "description": draft.description,
        "duration_minutes": draft.duration_minutes,
        "needs_driving": draft.needs_driving,
        "starts_at": draft.starts_at,
        "start_date": draft.start_date,
        "interval": draft.interval,
        "count": draft.count,
        "week": draft.week,
        "max_distance_km": draft.max_distance_km,
    }


async def _save_activities(order_id: UUID, activities: frozenset[str]) -> None:
    kept = await OrderActivity.filter(order_id=order_id).values_list("activity_id", flat=True)
    await (
        OrderActivity.filter(order_id=order_id).exclude(activity_id__in=activities or [""]).delete()
    )
    new = sorted(activities - set(kept))
    if new:
        await fetch(
            "INSERT INTO order_activities (id, order_id, activity_id) "
            "SELECT portal_uuid7(), $1, unnest($2::text[]) RETURNING id",
            order_id,
            new,
        )
