"""Use cases of nominations: a provider names its people, and the seeker chooses."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.contract_state import ContractState
from domain.errors import (
    AcceptorAway,
    NomineeContracted,
    NomineeDrafted,
    NomineeRefused,
    NomineesFull,
    NotFound,
    ProofsMissing,
    StateRefused,
)
from domain.match import MOST_NOMINEES, MatchAction, allows
from domain.matching.fit import fitting
from domain.permissions import demand_role
from domain.states import NOMINATION, OPEN_NOMINATION, MatchState, NominationState
from domain.viewer import AccountState, Role, Viewer
from models.block import Block
from models.contract import Contract
from models.demand import demand_row
from models.event import append
from models.match import Match
from models.nomination import Nomination
from models.order import Order
from models.user import Assistant, User
from notifications.message import MailKind, announce_again
from services import clock
from services.coordinator_mail import tell_coordinators
from services.match_end import somebody_else_comes
from services.match_mail import tell_seeker
from services.offer import offer_table
from services.transition import transition
from services.use_case import for_another, unasked, use_case


@use_case
async def nominate_assistant(viewer: Viewer, match_id: UUID, assistant_id: UUID) -> Nomination:
    """Name one of the provider's people for an order that it was asked for; twice is as once.

    Raises:
        NotFound: not a match of the provider's, or none of its people.
        StateRefused: nobody has asked the provider.
        ProofsMissing, AcceptorAway, NomineeRefused: this assistant cannot come.
        NomineesFull: enough are named.
    """
    demand_role(viewer, Role.COORDINATOR)
    match, order = await _locked(viewer, match_id)
    if not allows(MatchAction.NOMINATE_ASSISTANT, match.kind, match.state, viewer.role):
        raise StateRefused(state=match.state.value, action="NOMINATE_ASSISTANT")
    named = await _named(match_id)
    for known in named:
        if known.assistant_id == assistant_id:
            return known
    if len(named) >= MOST_NOMINEES:
        raise NomineesFull(state=match.state.value, number=MOST_NOMINEES)
    refusals = await _refusals(match, order, _people(viewer).filter(id=assistant_id))
    if assistant_id not in refusals:
        raise NotFound(field="assistantId")
    refusal = refusals[assistant_id]
    if refusal is not None:
        raise refusal(state=match.state.value, action="NOMINATE_ASSISTANT")
    nomination = await Nomination.create(
        match_id=match_id,
        assistant_id=assistant_id,
        state=NominationState.NOMINATED,
        fits=await _fits(order.id, assistant_id),
    )
    await append("order", order.id, match.id, match.version, "MATCH")
    await announce_again(MailKind.NOMINATED, assistant_id, reference=nomination.id)
    await tell_seeker(MailKind.NOMINEE_PROPOSED, match)
    return nomination


async def _locked(viewer: Viewer, match_id: UUID) -> tuple[Match, Order]:
    """The match as it is once its order is locked."""
    seen = await Match.answerable_by(viewer).get_or_none(id=match_id)
    if seen is None:
        raise NotFound(field="matchId")
    order = await Order.filter(id=seen.order_id).select_for_update(no_key=True).get()
    return await Match.get(id=match_id), order


async def nameable(viewer: Viewer, match_id: UUID) -> list[User]:
    """Whom the provider could name for an order now, by name; nobody once enough are named.

    Raises:
        NotFound: not a match of the provider's.
    """
    demand_role(viewer, Role.COORDINATOR)
    match = await Match.answerable_by(viewer).prefetch_related("order").get_or_none(id=match_id)
    if match is None:
        raise NotFound(field="matchId")
    named = {each.assistant_id for each in await _named(match_id)}
    may = allows(MatchAction.NOMINATE_ASSISTANT, match.kind, match.state, viewer.role)
    if not may or len(named) >= MOST_NOMINEES:
        return []
    refusals = await _refusals(match, match.order, _people(viewer))
    found = [each for each, refusal in refusals.items() if refusal is None and each not in named]
    return await User.filter(id__in=found).order_by("last_name", "first_name", "id")


def _people(viewer: Viewer) -> QuerySet[Assistant]:
    """The provider's own people."""
    return Assistant.filter(provider_id=viewer.speaks_for)


async def _named(match_id: UUID) -> list[Nomination]:
    return await Nomination.filter(match_id=match_id, state__in=sorted(OPEN_NOMINATION))


async def _refusals(
    match: Match, order: Order, people: QuerySet[Assistant]
) -> dict[UUID, type[StateRefused] | None]:
    """Of each why not, None for who can be named; a block looks like any other reason."""
    rows = await people.values("id", "user__state", "proofs_until")
    unwanted = await _unwanted(match, order, [row["id"] for row in rows])
    today = clock.today()

    def refusal(row: Mapping[str, Any]) -> type[StateRefused] | None:
        if row["user__state"] != AccountState.RELEASED:
            return AcceptorAway
        if row["proofs_until"] is None or row["proofs_until"] < today:
            return ProofsMissing
        return NomineeRefused if row["id"] in unwanted else None

    return {row["id"]: refusal(row) for row in rows}


async def _unwanted(match: Match, order: Order, people: Sequence[UUID]) -> set[UUID]:
    """Of these who has said no, or is blocked."""
    ids: list[UUID | None] = []
    for noes in (
        Block.filter(seeker_id=order.seeker_id),
        Match.filter(order_id=order.id, state=MatchState.DECLINED),
        Nomination.filter(match_id=match.id, state=NominationState.DECLINED),
    ):
        ids += [each.assistant_id for each in await noes.filter(assistant_id__in=people)]
    return {each for each in ids if each is not None}


async def _fits(order_id: UUID, assistant_id: UUID) -> bool:
    """What matching would say; the provider may know better, and says so to the seeker."""
    demand = await demand_row(order_id, clock.today())
    offers = (await offer_table()).offers
    column = offers.column.get(assistant_id)
    return demand is not None and column is not None and column in fitting(demand, offers)


@use_case
async def withdraw_nomination(
    viewer: Viewer, nomination_id: UUID, if_version: int | None = None
) -> Nomination:
    """The provider names somebody no longer.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
        NomineeContracted: see `_mine`.
    """
    demand_role(viewer, Role.COORDINATOR)
    nomination, _match = await _mine(viewer, nomination_id, "WITHDRAW_NOMINATION")
    await transition(
        NOMINATION, nomination_id, "WITHDRAW_NOMINATION", viewer, if_version=if_version
    )
    await _unchosen(nomination)
    await announce_again(
        MailKind.NOMINATION_ENDED, nomination.assistant_id, reference=nomination_id
    )
    return await Nomination.get(id=nomination_id)


@use_case
@unasked
async def decline_nomination(
    viewer: Viewer, nomination_id: UUID, if_version: int | None = None
) -> Nomination:
    """The assistant says no, whoever has been named; nobody names the assistant again.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
        NomineeContracted: see `_mine`.
    """
    demand_role(viewer, Role.ASSISTANT)
    nomination, match = await _mine(viewer, nomination_id, "DECLINE_NOMINATION")
    await transition(NOMINATION, nomination_id, "DECLINE_NOMINATION", viewer, if_version=if_version)
    await _unchosen(nomination)
    await tell_coordinators(MailKind.NOMINATION_DECLINED, match.acceptor_id, nomination_id)
    return await Nomination.get(id=nomination_id)


@use_case
@for_another()
async def choose_nominee(
    viewer: Viewer, nomination_id: UUID, if_version: int | None = None
) -> Nomination:
    """The seeker decides for one of those who were named; another choice takes its place.

    Whoever was met before does not count for the one who comes now: they meet first.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
        NomineeContracted, NomineeDrafted: there is a contract already, or a draft of one.
    """
    demand_role(viewer, Role.SEEKER)
    nomination, match = await _mine(viewer, nomination_id, "CHOOSE_NOMINEE")
    if await Contract.exists(match_id=match.id, state=ContractState.DRAFT):
        raise NomineeDrafted(state=match.state.value, action="CHOOSE_NOMINEE")
    chosen = Nomination.filter(match_id=nomination.match_id, state=NominationState.CHOSEN)
    for other in await chosen.exclude(id=nomination_id):
        await transition(NOMINATION, other.id, "CHOOSE_ANOTHER", viewer)
        await announce_again(MailKind.NOMINATION_ENDED, other.assistant_id, reference=other.id)
    await transition(NOMINATION, nomination_id, "CHOOSE_NOMINEE", viewer, if_version=if_version)
    await Match.filter(id=match.id).update(nominee_id=nomination.assistant_id)
    await somebody_else_comes(match.id)
    await announce_again(MailKind.NOMINEE_CHOSEN, nomination.assistant_id, reference=nomination_id)
    await tell_coordinators(MailKind.NOMINEE_CHOSEN, match.acceptor_id, nomination_id)
    return await Nomination.get(id=nomination_id)


async def _mine(viewer: Viewer, nomination_id: UUID, action: str) -> tuple[Nomination, Match]:
    """One that the viewer sees, and its match, as they are once the order is locked.

    Raises:
        NotFound: none of the viewer's.
        NomineeContracted: the contract says who comes.
    """
    seen = await Nomination.visible_to(viewer).get_or_none(id=nomination_id)
    if seen is None:
        raise NotFound(field="nominationId")
    order_id = (await Match.get(id=seen.match_id)).order_id
    await Order.filter(id=order_id).select_for_update(no_key=True).get()
    match = await Match.get(id=seen.match_id)
    if match.state is MatchState.CONTRACTED:
        raise NomineeContracted(state=match.state.value, action=action)
    return await Nomination.get(id=nomination_id), match


async def _unchosen(nomination: Nomination) -> None:
    """Whoever had chosen this assistant is told to choose anew."""
    if nomination.state is NominationState.CHOSEN:
        await Match.filter(id=nomination.match_id).update(nominee_id=None)
        await somebody_else_comes(nomination.match_id)
        await tell_seeker(MailKind.NOMINEE_GONE, await Match.get(id=nomination.match_id))
