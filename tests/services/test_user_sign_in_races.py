"""What happens to an account while its password is being looked at counts: nobody slips in."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from domain.errors import CredentialsRefused
from domain.suspension import SuspensionReason
from domain.viewer import ANONYMOUS
from models.mail_link import LinkPurpose, MailLink
from models.session import Session
from models.user import User
from services import clock
from services import user as subject
from services.mail_link import token_of
from services.password import verify_password
from services.password_reset import request_password_reset, reset_password
from services.suspension import suspend_account
from services.user import sign_in
from tests.people import Place, viewer_for
from tests.services.keyed import PASSWORD, account
from tests.services.scenes import KEYS, gate

Rival = Callable[[Place, User], Awaitable[None]]


async def resetting(_place: Place, user: User) -> None:
    await request_password_reset(ANONYMOUS, None, user.email, gate())
    link = await MailLink.get(purpose=LinkPurpose.RESET_PASSWORD)
    await reset_password(ANONYMOUS, None, token_of(link, KEYS), "neun-gelbe-Gummistiefel", gate())


async def suspending(place: Place, user: User) -> None:
    desk = await viewer_for(place.officer)
    await suspend_account(desk, None, user.id, SuspensionReason.REPORTED)


@pytest.mark.parametrize("rival", [resetting, suspending], ids=lambda each: each.__name__)
async def test_whoever_ends_all_sessions_ends_the_one_that_is_about_to_begin(
    place: Place, monkeypatch: pytest.MonkeyPatch, rival: Rival
) -> None:
    user = await account(place)

    async def verifying(password: str, stored: str | None) -> Any:
        verdict = await verify_password(password, stored)
        await rival(place, user)
        return verdict

    monkeypatch.setattr(subject, "verify_password", verifying)
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    now = clock.now()
    running = Session.filter(user_id=user.id, revoked_at__isnull=True, expires_at__gt=now)
    assert not await running.exists()
