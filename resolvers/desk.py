"""The root field about what waits at the desk."""

import asyncio
from datetime import date

import strawberry

from domain.provider import has_place
from schema.context import Info
from schema.desk import DeskTasks, proofs_due
from schema.user_way import missing, proofs_hold
from services import clock
from services import desk as services


@strawberry.type
class DeskQueries:
    """For whoever sits at it."""

    @strawberry.field(description="What waits at the desk, for staff; null for all others.")
    async def desk_tasks(self, info: Info) -> DeskTasks | None:
        """Counted here: a page would read whole lists for it."""
        viewer, today = info.context.viewer, clock.today()
        if not viewer.is_staff:
            return None
        waiting, holding = await asyncio.gather(
            services.waiting_accounts(viewer), services.due_proofs(viewer)
        )
        lacking, ending = proofs_due(holding, today)
        return DeskTasks(
            identity_checks=sum(
                each.email_confirmed_at is not None and not each.identity_confirmed
                for each in waiting
            ),
            releases=sum(not _missing(each, today) for each in waiting),
            proofs_missing=lacking,
            proofs_ending=ending,
        )


def _missing(each: services.Waiting, today: date) -> list[str]:
    return missing(
        each.role,
        each.email_confirmed_at,
        each.talk_done,
        each.identity_confirmed,
        has_place(each.role, each.employment, each.provider_id),
        proofs_hold(each.proofs_until, today),
    )
