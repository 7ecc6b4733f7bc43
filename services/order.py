"""Use cases of orders: begin, change, release, amend, copy, withdraw, renew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.activity import CATALOGUE
from domain.errors import FieldRequired, NotFound, RenewalUseless, StateRefused
from domain.ids import uuid7
from domain.order import OrderDraft, OrderKind, expiry, reminder, renewable
from domain.permissions import demand_role
from domain.states import (
    AGREED_MATCH,
    COMMISSIONED_MATCH,
    MATCH,
    OPEN_FOR_ANSWERS,
    ORDER,
    OrderState,
)
from domain.version import demand_version
from domain.viewer import Role, Viewer
from models.district import policy_here
from models.event import append
from models.match import Match
from models.order import Order
from models.outbox import enqueue, merge
from models.user import Need, Seeker, User
from notifications.message import MailKind
from services import clock
from services.match_end import end_what_hangs_on
from services.match_mail import tell_acceptors, tell_teams
from services.offer import who_fits
from services.order_draft import (
    OrderPatch,
    columns,
    draft_of,
    patched,
    refuse_unready,
    save_parts,
)
from services.transition import transition, transition_all, transition_many
from services.use_case import for_another, unasked, use_case

MATCH_JOB = "order.match"
REMIND_JOB = "order.remind"
# So many changes in so short a time are one.
DEBOUNCE = timedelta(seconds=1)


@use_case
@for_another()
async def create_order(viewer: Viewer, patch: OrderPatch) -> Order:
    """A draft of the viewer's, begun with the introduction and the windows of the profile.

    Raises:
        DomainError: see `rules.problems`; the profile's place decides where the order is.
    """
    seeker_id = demand_role(viewer, Role.SEEKER)
    seeker = await Seeker.get(id=seeker_id)
    blank = OrderDraft(
        kind=patch.get("kind", OrderKind.RECURRING),
        description=seeker.introduction,
        activities=frozenset(),
        week=bytes(seeker.week),
        duration_minutes=60,
        needs_driving=False,
    )
    return await _begun(seeker_id, patched(blank, patch))


@use_case
@for_another()
async def update_order(
    viewer: Viewer, order_id: UUID, patch: OrderPatch, if_version: int | None = None
) -> Order:
    """Change a draft.

    Raises:
        NotFound, Stale, StateRefused: not the viewer's, changed in between, or released.
        DomainError: see `rules.problems`.
    """
    order = await _locked(viewer, order_id, if_version)
    _demand_draft(order, "UPDATE_ORDER")
    before = await draft_of(order)
    if (after := patched(before, patch)) != before:  # else another tab would be stale for nothing
        await _save(order, after)
    return await Order.get(id=order_id)


@use_case
@for_another()
async def take_over_needs(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """Tick the needs of the profile in a draft: nothing chosen by hand goes, twice is as once."""
    order = await _locked(viewer, order_id, if_version)
    _demand_draft(order, "TAKE_OVER_NEEDS")
    needs = [each.activity_id for each in await Need.filter(seeker_id=order.seeker_id)]
    wanted = frozenset(code for code in needs if not CATALOGUE[code].retired)
    draft = await draft_of(order)
    if not wanted <= draft.activities:
        await _save(order, replace(draft, activities=draft.activities | wanted))
    return await Order.get(id=order_id)


@use_case
@for_another()
async def release_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """Let a draft be matched from now on.

    Raises:
        DomainError: see `refuse_unready`.
    """
    order = await _locked(viewer, order_id, if_version)
    draft = await draft_of(order)
    if order.state is OrderState.DRAFT:
        refuse_unready(draft)
    now = clock.now()
    ends = await _ends(draft.starts_at, now)
    values = {"released_at": now, "expires_at": ends}
    await transition(ORDER, order_id, "RELEASE_ORDER", viewer, values=values)
    await _remind_before(order_id, ends)
    await merge(MATCH_JOB, order_id, available_at=now)
    return await Order.get(id=order_id)


@use_case
@for_another()
async def amend_order(
    viewer: Viewer, order_id: UUID, patch: OrderPatch, if_version: int | None = None
) -> Order:
    """Change an order that people are asked for already.

    Whoever accepted other times is asked again; whoever declined is asked again only then. If it
    asks for something else of people, those are asked again whom it fits no longer. It goes along
    to where the seeker lives by now.

    Raises:
        StateRefused: a draft is changed by `update_order`, and a commissioned order stands.
        DomainError: see `patched` and `refuse_unready`.
    """
    order = await _locked(viewer, order_id, if_version)
    if order.state not in OPEN_FOR_ANSWERS:
        raise StateRefused(state=order.state.value, action="AMEND_ORDER")
    before = await draft_of(order)
    after = patched(before, patch)
    refuse_unready(after)
    place = await _place_of(order.seeker_id)
    if (after, place) == (before, order.municipality_id):
        return order
    await _save(order, after, municipality_id=place)
    if after.asked_for(place) != before.asked_for(order.municipality_id):
        await _ask_again(order, viewer, await _agreed(order))
        await _set_end(order_id, await _ends(after.starts_at, clock.now()))
    elif after.demanded != before.demanded:
        agreed = await _agreed(order)
        fit = await who_fits(order_id, list(agreed.values()))
        gone = [match for match, acceptor in agreed.items() if acceptor not in fit]
        await _ask_again(order, viewer, gone)
    await merge(MATCH_JOB, order_id, available_at=clock.now() + DEBOUNCE)
    return await Order.get(id=order_id)


@use_case
@for_another()
async def copy_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """A new draft with what another order of the viewer's says, without dates that are over."""
    order = await _locked(viewer, order_id, if_version)
    draft, now = await draft_of(order), clock.now()
    if draft.starts_at is not None and draft.starts_at <= now:
        draft = replace(draft, starts_at=None)
    if draft.start_date is not None and draft.start_date < clock.today():
        draft = replace(draft, start_date=None)
    return await _begun(order.seeker_id, draft)


@use_case
@for_another()
async def renew_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """Let an open order stay open for as long again as it was given at its release.

    Raises:
        StateRefused: it is not open.
        RenewalUseless: it stays open until its date anyway.
    """
    order = await _locked(viewer, order_id, if_version)
    if order.state not in OPEN_FOR_ANSWERS:
        raise StateRefused(state=order.state.value, action="RENEW_ORDER")
    if not renewable(order.starts_at, order.expires_at):
        raise RenewalUseless(state=order.state.value, action="RENEW_ORDER")
    await _set_end(order_id, await _ends(order.starts_at, clock.now()))
    version = order.version + 1
    await Order.filter(id=order_id).update(version=version)
    await append("order", order_id, order_id, version, "ORDER")
    return await Order.get(id=order_id)


@use_case
@for_another()
@unasked
async def withdraw_order(viewer: Viewer, order_id: UUID, if_version: int | None = None) -> Order:
    """End an order before a contract: every match ends with it, nobody is left waiting."""
    await _locked(viewer, order_id, if_version)
    await end_order(order_id, "WITHDRAW_ORDER", viewer)
    return await Order.get(id=order_id)


async def end_order(order_id: UUID, action: str, viewer: Viewer) -> None:
    """End a locked order before a contract, in the caller's transaction; its matches end too."""
    agreed = Match.filter(order_id=order_id, state__in=sorted(AGREED_MATCH))
    found = await agreed
    ended = [match.id for match in found]
    commissioned = [match.id for match in found if match.state in COMMISSIONED_MATCH]
    await transition(ORDER, order_id, action, viewer)
    await transition_all(MATCH, order_id, "LAPSE", viewer)
    await transition_all(MATCH, order_id, "END", viewer)
    await end_what_hangs_on(order_id)
    await tell_acceptors(MailKind.ORDER_CLOSED, ended)
    await tell_teams(MailKind.ORDER_CLOSED_TEAM, commissioned)


async def _locked(viewer: Viewer, order_id: UUID, if_version: int | None) -> Order:
    seeker_id = demand_role(viewer, Role.SEEKER)
    own = Order.filter(id=order_id, seeker_id=seeker_id)
    order = await own.select_for_update(no_key=True).first()
    if order is None:
        raise NotFound(field="orderId")
    demand_version(order.version, if_version)
    return order


def _demand_draft(order: Order, action: str) -> None:
    if order.state is not OrderState.DRAFT:
        raise StateRefused(state=order.state.value, action=action)


async def _begun(seeker_id: UUID, draft: OrderDraft) -> Order:
    place, order_id = await _place_of(seeker_id), uuid7()
    await Order.create(id=order_id, seeker_id=seeker_id, municipality_id=place, **columns(draft))
    await save_parts(order_id, draft)
    await append("order", order_id, order_id, 1, "ORDER")
    return await Order.get(id=order_id)


async def _place_of(seeker_id: UUID) -> UUID:
    """The municipality in which the seeker lives."""
    user = await User.get(id=seeker_id)
    if user.municipality_id is None:
        raise FieldRequired(field="postcode")
    return user.municipality_id


async def _save(order: Order, draft: OrderDraft, **more: UUID) -> None:
    version = order.version + 1
    await Order.filter(id=order.id).update(
        **columns(draft), **more, version=version, edited_at=clock.now()
    )
    await save_parts(order.id, draft)
    await append("order", order.id, order.id, version, "ORDER")


async def _agreed(order: Order) -> dict[UUID, UUID]:
    """Who has said yes: each match with its acceptor."""
    agreed = Match.filter(order_id=order.id, state__in=sorted(AGREED_MATCH))
    return {match.id: match.acceptor_id for match in await agreed}


async def _ask_again(order: Order, viewer: Viewer, matches: Iterable[UUID]) -> None:
    """Their yes was to something else: nobody is held to it."""
    await transition_many(MATCH, list(matches), "ASK_AGAIN", viewer)
    await end_what_hangs_on(order.id)
    if order.state is OrderState.IN_PROGRESS and not await _agreed(order):
        await transition(ORDER, order.id, "LAST_ACCEPTANCE_GONE", viewer)


async def _ends(starts_at: datetime | None, now: datetime) -> datetime:
    return expiry(starts_at, now, (await policy_here()).order_days)


async def _set_end(order_id: UUID, ends: datetime) -> None:
    await Order.filter(id=order_id).update(expires_at=ends)
    await _remind_before(order_id, ends)


async def _remind_before(order_id: UUID, ends: datetime) -> None:
    """The promise names the end that it is about: moved, it says nothing any more."""
    if reminder(ends) <= clock.now():
        return
    await enqueue(
        REMIND_JOB,
        order_id,
        payload={"ends": ends.isoformat()},
        dedupe_key=f"{REMIND_JOB}:{order_id}:{ends.isoformat()}",
        available_at=reminder(ends),
    )
