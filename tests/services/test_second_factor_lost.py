"""The day the app is lost: recovery codes, and the administration."""

import pytest

from domain.errors import CodeRefused, NotFound
from domain.permissions import Doer
from domain.second_factor import RECOVERY_CODES
from domain.viewer import ANONYMOUS, Role
from services import clock
from services.second_factor import (
    confirm_second_factor,
    recovery_codes,
    renew_recovery_codes,
    reset_by_address,
    reset_second_factor,
    set_up_second_factor,
)
from tests.doers import refused_for
from tests.people import Place, viewer_for
from tests.services.scenes import KEYS, gate
from tests.services.test_second_factor import (
    PASSWORD,
    app_of,
    at,
    code_of,
    enter,
    officer,
    row,
    time_stands_still,
    viewer_in,
    with_factor,
)

__all__ = ["time_stands_still"]


async def test_a_recovery_code_opens_once_when_the_app_is_lost(place: Place) -> None:
    user = await with_factor(await officer(place))
    codes = recovery_codes(KEYS, await row(user))
    assert len(set(codes)) == RECOVERY_CODES
    session = await enter(user, codes[3].lower().replace("-", " "))
    assert not (await viewer_in(session)).weak
    with pytest.raises(CodeRefused):
        await enter(user, codes[3])
    renewed = await renew_recovery_codes(await viewer_in(session), None, codes[4], gate())
    assert not set(recovery_codes(KEYS, renewed)) & set(codes)
    with pytest.raises(CodeRefused):
        await enter(user, codes[5])
    await enter(user, recovery_codes(KEYS, renewed)[5])


async def test_the_administration_helps_whoever_has_lost_everything(place: Place) -> None:
    user = await with_factor(await officer(place))
    session = await enter(user, await code_of(user))
    old = await app_of(user)
    chief = await viewer_for(await officer(place, Role.ADMINISTRATION))
    with refused_for(Role.ADMINISTRATION):
        await reset_second_factor(await viewer_for(place.officer), None, user.id)
    with refused_for(Doer.COLLEAGUE):
        await reset_second_factor(chief, None, chief.id)  # type: ignore[arg-type]
    await reset_second_factor(chief, None, user.id)
    assert await viewer_in(session) == ANONYMOUS
    viewer = await viewer_in(await enter(user))
    assert viewer.weak
    with pytest.raises(NotFound):
        await reset_second_factor(chief, None, user.id)
    await set_up_second_factor(viewer, None, PASSWORD, gate())
    at(900)
    with pytest.raises(CodeRefused):  # the lost app is no app any more
        await confirm_second_factor(viewer, None, old.at(clock.now()), gate())
    await confirm_second_factor(viewer, None, await code_of(user, pending=True), gate())


async def test_the_machine_itself_helps_the_only_administration(place: Place) -> None:
    user = await with_factor(await officer(place, Role.ADMINISTRATION))
    session = await enter(user, await code_of(user))
    assert await reset_by_address(user.email.upper())
    assert await viewer_in(session) == ANONYMOUS
    assert (await viewer_in(await enter(user))).weak
    assert not await reset_by_address(user.email)
    assert not await reset_by_address("nobody@assistenz.example")
    assert not await reset_by_address("\x00")
