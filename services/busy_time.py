"""The time of an assistant: looked at, taken and given back in the caller's transaction.

The assistant's row is the lock that brings two who want the same hour one behind the other; the
exclusion constraint of `busy` stands behind it for everybody (sql/30_matching.sql).
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.meeting import Span
from models.busy import Busy, BusyKind
from models.user import Assistant
from services import clock
from services.offer import offer_changed

# Far enough for every way and every rest between two times.
_AROUND = timedelta(days=2)
NO_WAY = timedelta()


async def locked(assistant_id: UUID) -> Assistant:
    """An assistant, locked for the rest of the transaction: nobody else takes their time."""
    return await Assistant.select_for_update(no_key=True).get(id=assistant_id)


async def busy_near(
    assistant_id: UUID, span: Span, besides: UUID | None
) -> tuple[Assistant, list[Busy]]:
    """An assistant, locked for the rest of the transaction, and what they do around a time.

    What `besides` has taken does not count.
    """
    assistant = await locked(assistant_id)
    rows = await busy_around(assistant_id, span)
    return assistant, [row for row in rows if besides is None or row.source != besides]


async def busy_around(assistant_id: UUID, span: Span) -> list[Busy]:
    """What an assistant does around a time, as far as ways and rests reach; nothing is locked."""
    return await Busy.filter(
        assistant_id=assistant_id,
        cancelled_at=None,
        begins_at__lt=span.ends + _AROUND,
        ends_at__gt=span.begins - _AROUND,
    )


def spans_of(rows: Sequence[Busy]) -> list[Span]:
    """When they are."""
    return [Span(row.begins_at, row.ends_at) for row in rows]


async def take(assistant_id: UUID, kind: BusyKind, span: Span, source: UUID) -> None:
    """Take an assistant's time for a meeting or an appointment.

    Raises:
        IntegrityError: they are elsewhere then.
    """
    await Busy.create(
        assistant_id=assistant_id,
        kind=kind,
        begins_at=span.begins,
        ends_at=span.ends,
        source=source,
    )
    await offer_changed(assistant_id)


async def give_back(kind: BusyKind, source: UUID) -> None:
    """Give back whatever time a meeting or an appointment has taken."""
    for busy in await Busy.filter(source=source, kind=kind, cancelled_at=None):
        await Busy.filter(id=busy.id).update(cancelled_at=clock.now())
        await offer_changed(busy.assistant_id)
