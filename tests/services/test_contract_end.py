"""Contracts: how they end, and who is told."""

from datetime import timedelta

import pytest

from domain.contract import ContractEnd, last_moment
from domain.contract_state import LAST_DAY_SAID, ContractState
from domain.errors import (
    ContractEndsEarlier,
    DateInPast,
    EndReasonForeign,
    StateRefused,
)
from domain.states import OrderState
from models.database import transaction
from models.history import Transition
from models.order import Order
from models.outbox import Outbox
from services import clock
from services.contract_end import end_contract, end_on_its_day, remind_of_end
from services.contract_news import END_JOB, REMIND_JOB
from tests.people import Place
from tests.services.contracting import agreed, run_out
from tests.services.test_commission import mails


async def test_a_contract_ends_on_its_day_and_is_announced(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    for other in (ContractEnd.BY_SEEKER, ContractEnd.RUN_OUT):
        with pytest.raises(EndReasonForeign):
            await end_contract(both.helper, None, contract.id, clock.today(), other)
    assert not await Outbox.filter(kind=END_JOB).exists()
    last = clock.today() + timedelta(days=40)
    ended = await end_contract(
        both.helper, None, contract.id, last, ContractEnd.BY_ACCEPTOR, contract.version
    )
    assert ended.state is ContractState.AGREED
    assert await mails("contract_ends") == {both.seeker.id, both.helper.id}
    assert await Outbox.filter(kind=REMIND_JOB, aggregate=contract.id).count() == 2
    assert await Outbox.filter(kind=END_JOB, aggregate=contract.id).count() == 1
    async with transaction():
        assert not await end_on_its_day(contract.id, ended.version - 1)
        assert not await remind_of_end(contract.id, ended.version - 1)
        assert await remind_of_end(contract.id, ended.version)
    over = await run_out(contract.id)
    assert (over.state, over.end_reason) == (ContractState.ENDED, ContractEnd.BY_ACCEPTOR)
    assert (await Order.get(id=both.order)).state is OrderState.COMPLETED
    assert await mails("contract_ended") == {both.seeker.id, both.helper.id}
    with pytest.raises(StateRefused):
        await end_contract(both.seeker, None, contract.id, last, ContractEnd.BY_SEEKER)


async def test_an_end_today_is_in_the_evening_and_a_later_one_than_agreed_is_none(
    owner_url: str, place: Place
) -> None:
    last = clock.today() + timedelta(days=60)
    both, contract = await agreed(owner_url, place, ends_on=last)
    assert await Outbox.filter(kind=END_JOB, aggregate=contract.id).count() == 1
    for day, refusal in (
        (last + timedelta(days=1), ContractEndsEarlier),
        (clock.today() - timedelta(days=1), DateInPast),
    ):
        with pytest.raises(refusal):
            await end_contract(both.seeker, None, contract.id, day, ContractEnd.BY_SEEKER)
    ended = await end_contract(
        both.seeker, None, contract.id, clock.today(), ContractEnd.NO_LONGER_NEEDED
    )
    assert (ended.state, ended.ends_on) == (ContractState.AGREED, clock.today())
    assert ended.end_reason is ContractEnd.NO_LONGER_NEEDED
    job = await Outbox.get(kind=END_JOB, aggregate=contract.id, payload={"version": ended.version})
    assert job.available_at == last_moment(clock.today())
    assert (await run_out(contract.id)).state is ContractState.ENDED
    told = await Transition.filter(aggregate=contract.id).order_by("-version", "-id").limit(2)
    assert [(each.action, each.actor_id) for each in told] == [
        ("END_CONTRACT", None),
        (LAST_DAY_SAID, both.seeker.id),
    ]
