"""When plans are carried out: promised at once, each day, and again where somebody forgot one."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q

from domain.appointment_plan import horizon
from domain.contract_state import ContractState
from domain.viewer import AccountState
from models.appointment_plan import AppointmentPlan
from models.outbox import enqueue
from services import clock

PLAN_JOB = "appointment.plan"
# A plan that lags behind by more has been forgotten by somebody.
LATE = timedelta(days=2)


async def promise(plan: AppointmentPlan, when: str) -> None:
    """Let the plan be carried out soon, once for each `when`, in the caller's transaction."""
    await enqueue(PLAN_JOB, plan.id, dedupe_key=f"{PLAN_JOB}:{plan.id}:{when}")


async def promise_plans() -> int:
    """Promise today's run of every plan that stands, in the caller's transaction; how many."""
    standing = await _standing(horizon(clock.today()))
    for plan in standing:
        await promise(plan, clock.today().isoformat())
    return len(standing)


async def promise_again(assistant_id: UUID) -> int:
    """The same of somebody who comes again, at once: nothing was made meanwhile."""
    standing = await _standing(horizon(clock.today()), assistant_id=assistant_id)
    for plan in standing:
        await promise(plan, f"again:{clock.now():%Y-%m-%dT%H:%M:%S}")
    return len(standing)


async def forgotten_plans() -> int:
    """How many plans lag behind, although somebody should have carried them out by now.

    Each of them is promised once more, in the caller's transaction.
    """
    late = await _standing(horizon(clock.today()) - LATE, made_before=timedelta(hours=1))
    for plan in late:
        await promise(plan, f"late:{clock.now():%Y-%m-%dT%H}")
    return len(late)


async def _standing(
    needed: date, *, made_before: timedelta = timedelta(), assistant_id: UUID | None = None
) -> Sequence[AppointmentPlan]:
    """The plans that stand and do not reach a day; without those that nobody comes to now."""
    plans = AppointmentPlan.filter(
        Q(planned_until__isnull=True) | Q(planned_until__lt=needed),
        ended_at=None,
        contract__state=ContractState.AGREED,
        created_at__lte=clock.now() - made_before,
    ).exclude(assistant__user__state=AccountState.SUSPENDED)
    if assistant_id is not None:
        plans = plans.filter(assistant_id=assistant_id)
    return await plans.order_by("id")
