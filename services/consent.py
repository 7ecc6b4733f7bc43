"""Use cases of consents: agreeing to texts, and withdrawing the one that can be withdrawn."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from domain.consent import VERSIONS, WITHDRAWABLE, Consent, ConsentKind, needed
from domain.errors import ConsentKept, ConsentOutdated, DomainError
from domain.evidence import EvidenceKind
from domain.permissions import demand_signed_in
from domain.states import ORDER, OrderState
from domain.viewer import DelegationKind, Role, Viewer
from models.consent import Consent as Row
from models.database import execute
from models.evidence import Evidence
from models.funding import FundingSource
from models.order import Order, OrderActivity
from models.talk import TalkAnswer
from models.user import Assistant, Need, Seeker, User
from notifications.language import Language, text
from services import clock
from services.evidence import refresh
from services.order import end_order
from services.use_case import for_another, unasked, use_case

_RECORD = """
WITH said AS (
  SELECT * FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
    AS said (kind, version, digest, title, text)
), kept AS (
  INSERT INTO consent_texts (digest, kind, version, language, title, text)
  SELECT digest, kind, version, $7, title, text FROM said ON CONFLICT (digest) DO NOTHING
)
INSERT INTO consents (id, user_id, kind, version, text_id, given_at, actor_id)
SELECT portal_uuid7(), account, kind, version, digest, $8, $9::uuid
FROM said, unnest($1::uuid[]) AS account
ON CONFLICT (user_id, kind, version) WHERE withdrawn_at IS NULL DO NOTHING
"""
# Released and without a contract: those that the seeker may withdraw, but for drafts.
_OPEN = sorted(
    state
    for state in OrderState
    if state is not OrderState.DRAFT and ORDER.step("WITHDRAW_ORDER", state) is not None
)

_WITHOUT_CONTRACT = sorted({OrderState.DRAFT, OrderState.WITHDRAWN, OrderState.EXPIRED})
_FORGOTTEN = "–"  # an order that was released once says something
# A guardian's word is the person's; who has no address says it to customer service, which notes it.
_SAID_BY = (DelegationKind.GUARDIAN, DelegationKind.CUSTOMER_SERVICE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in one language, as it counts now."""

    kind: ConsentKind
    version: int
    title: str
    text: str
    digest: str


@cache
def shown(kind: ConsentKind, language: Language) -> Shown:
    """The present text of a kind, with its SHA-256."""
    title, body = (text(f"consents.{kind.value}.{part}", language) for part in ("title", "text"))
    digest = hashlib.sha256(f"{title}\n\n{body}".encode()).hexdigest()
    return Shown(kind, VERSIONS[kind], title, body, digest)


async def record(
    user_id: UUID, kinds: Iterable[ConsentKind], language: Language, *, actor: UUID | None = None
) -> None:
    """Write down that somebody agrees to the present texts, in the caller's transaction.

    `actor` is who did it for them.
    """
    await record_all([user_id], kinds, language, clock.now(), actor=actor)


async def record_all(
    users: Sequence[UUID],
    kinds: Iterable[ConsentKind],
    language: Language,
    at: datetime,
    *,
    actor: UUID | None = None,
) -> None:
    """The same for many at once, with one statement; the texts are kept with it."""
    found = [shown(kind, language) for kind in kinds]
    await execute(
        _RECORD,
        list(users),
        [each.kind.value for each in found],
        [each.version for each in found],
        [each.digest for each in found],
        [each.title for each in found],
        [each.text for each in found],
        language.value,
        at,
        actor,
    )


@use_case
@unasked
@for_another(*_SAID_BY)
async def give_consents(viewer: Viewer, given: Sequence[Consent], language: Language) -> User:
    """Agree to texts in the versions that were read; once more changes nothing.

    Raises:
        ConsentOutdated: a text has changed since.
    """
    user = await User.select_for_update(no_key=True).get(id=demand_signed_in(viewer))
    found: list[DomainError] = [
        ConsentOutdated(field="consents", kind=each.kind.value)
        for each in given
        if VERSIONS[each.kind] != each.version
    ]
    if found:
        raise DomainError.of(found)
    wanted = needed(user.role)
    kinds = [each.kind for each in given if each.kind in wanted]
    await record(user.id, kinds, language, actor=_actor(viewer))
    return user


@use_case
@unasked
@for_another(*_SAID_BY)
async def withdraw_consent(viewer: Viewer, kind: ConsentKind) -> User:
    """Withdraw a consent, as easily as it was given (Art. 7 Abs. 3 DSGVO).

    What it allowed stops: released orders without a contract end, needs and funding sources are
    deleted, a record of measles protection is deleted. Contracts stay: they stand on another
    ground.

    Raises:
        ConsentKept: it holds as long as the account.
    """
    if kind not in WITHDRAWABLE:
        raise ConsentKept(field="kind")
    user = await User.select_for_update(no_key=True).get(id=demand_signed_in(viewer))
    standing = Row.filter(user_id=user.id, kind=kind, withdrawn_at__isnull=True)
    if await standing.update(withdrawn_at=clock.now(), withdrawn_by_id=_actor(viewer)):
        await _stop(user, viewer)
    return user


def _actor(viewer: Viewer) -> UUID | None:
    """Who does it for somebody else."""
    return viewer.actor_id if viewer.acting else None


async def _stop(user: User, viewer: Viewer) -> None:
    if user.role is Role.SEEKER:
        open_ones = Order.filter(seeker_id=user.id, state__in=_OPEN).order_by("id")
        for order in await open_ones.select_for_update(no_key=True):
            await end_order(order.id, "WITHDRAW_ORDER", viewer)
        await _forget_health(user.id)
    if user.role is Role.ASSISTANT:
        measles = Evidence.filter(assistant_id=user.id, kind=EvidenceKind.MEASLES_PROTECTION)
        await measles.delete()
        await refresh(await Assistant.select_for_update(no_key=True).get(id=user.id))


async def _forget_health(seeker_id: UUID) -> None:
    """What support is needed and who pays: in the profile, in talks, in orders without contract."""
    await Need.filter(seeker_id=seeker_id).delete()
    await TalkAnswer.filter(talk__user_id=seeker_id).delete()
    await Seeker.filter(id=seeker_id).select_for_update(no_key=True).get_or_none()
    await FundingSource.filter(seeker_id=seeker_id).delete()
    over = Order.filter(seeker_id=seeker_id, state__in=_WITHOUT_CONTRACT)
    ids = [order.id for order in await over]
    await OrderActivity.filter(order_id__in=ids).delete()
    await Order.filter(id__in=ids).update(description=_FORGOTTEN)
