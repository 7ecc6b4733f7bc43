"""An address that nobody has confirmed is forgotten after 14 days, and whatever hung on it."""

from datetime import timedelta
from uuid import UUID

from domain.form import FormName
from domain.provider import CoordinatorRole
from domain.viewer import ANONYMOUS
from models.database import transaction
from models.provider import Provider
from models.user import User
from services import clock
from services.account_upkeep import KEPT, forget_unconfirmed
from services.registration import confirm_email
from services.team import invite_coordinator
from tests.people import Place
from tests.services.keyed import EMAIL
from tests.services.registering import member, register, token
from tests.services.scenes import gate
from tests.services.test_application import a_house
from workers.account import forget_unconfirmed_accounts
from workers.job import Done, Job

HOUSE = {
    "providerName": "Haus Sonne",
    "providerEmail": "info@sonne.example",
    "providerPhone": "05551 9",
    "activities": ["HAU_EINKAUFEN"],
}


async def after(time: timedelta) -> int:
    async with transaction():
        return await forget_unconfirmed(clock.now() + time)


async def test_a_registration_is_kept_for_14_days_and_then_gone(place: Place) -> None:
    await register()
    assert await after(KEPT - timedelta(hours=1)) == 0
    assert await after(KEPT + timedelta(hours=1)) == 1
    assert await User.by_address(EMAIL) is None
    assert await User.filter(id=place.officer.id).exists()


async def test_whoever_has_confirmed_or_has_had_a_talk_stays(place: Place) -> None:
    await register()
    await confirm_email(ANONYMOUS, None, await token(), gate())
    assert await after(timedelta(days=400)) == 0
    assert await User.filter(id=place.officer.id).exists()


async def test_registering_again_begins_the_14_days_anew(place: Place) -> None:
    del place
    await register()
    user = await User.get(email=EMAIL)
    await User.filter(id=user.id).update(created_at=clock.now() - timedelta(days=13))
    await register()
    assert await after(timedelta(days=2)) == 0


async def test_the_name_of_a_provider_that_nobody_stood_up_for_is_free_again(
    place: Place,
) -> None:
    del place
    await register(member(FormName.PROVIDER, **HOUSE))
    assert await after(KEPT + timedelta(hours=1)) == 1
    assert not await Provider.filter(name="Haus Sonne").exists()


async def test_an_invitation_that_nobody_takes_up_is_forgotten(place: Place) -> None:
    _house, lead = await a_house(place)
    await invite_coordinator(lead, None, EMAIL, CoordinatorRole.COORDINATOR, gate())
    assert await after(KEPT + timedelta(hours=1)) == 1
    assert await User.by_address(EMAIL) is None


async def test_the_worker_does_it_by_itself(place: Place) -> None:
    del place
    await register()
    await User.all().update(created_at=clock.now() - KEPT - timedelta(hours=1))
    job = Job(
        id=UUID(int=1), kind="account.retention", aggregate=UUID(int=0), payload={}, attempt=1
    )
    assert await forget_unconfirmed_accounts(job) == Done()
    assert await User.by_address(EMAIL) is None
