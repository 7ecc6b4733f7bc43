"""Use cases of a forgotten password: asking for a link, and setting a new one with it."""

from domain.password import check
from domain.text import one_spelling
from domain.viewer import Viewer
from models.mail_link import LinkPurpose
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.answer import canonical
from services.gate import Gate
from services.limiter import count_mail
from services.mail_link import send_link, signed_link, use_link
from services.password import hash_password
from services.session import revoke_all_sessions
from services.use_case import UNTOLD, Aside, kept_answer, use_case
from services.user import may_sign_in


async def request_password_reset(viewer: Viewer, key: str | None, email: str, gate: Gate) -> None:
    """Send a link for a new password; the answer is the same for every address.

    Raises:
        RateLimited: too many mails for this address or from this network.
    """
    address = one_spelling(email)
    mark = gate.keys.pseudonym("reset", address or email)
    if await kept_answer(_request, viewer, key, mark, UNTOLD) is not None:
        return
    await count_mail(gate.limiter, email, gate.address, clock.now())
    await _request(viewer, key, mark, Aside(address))


@use_case
async def _request(viewer: Viewer, mark: str, address: Aside[str | None]) -> None:
    del viewer, mark
    user = await User.by_address(address.value) if address.value else None
    if user is not None and may_sign_in(user):
        await send_link(user.id, LinkPurpose.RESET_PASSWORD, clock.now())


async def reset_password(
    viewer: Viewer, key: str | None, token: str, password: str, gate: Gate
) -> None:
    """Set a new password with a mail's link, and end every session of the account.

    Whoever had the old password is out, and the owner is told by mail. A refused password leaves
    the link as it is.

    Raises:
        LinkInvalid: unknown, used, expired or replaced by a newer one.
        PasswordTooShort, PasswordTooCommon, TextTooLong, TextRefused: see `domain.password`.
    """
    mark = gate.keys.pseudonym("reset", canonical([token, password]))
    if await kept_answer(_reset, viewer, key, mark, UNTOLD) is not None:
        return
    link = await signed_link(token, LinkPurpose.RESET_PASSWORD, gate.keys)
    owner = await User.get_or_none(id=link.user_id)
    check(password, email=(owner.email if owner else None) or "")
    await _reset(viewer, key, mark, Aside((token, await hash_password(password), gate)))


@use_case
async def _reset(viewer: Viewer, mark: str, secret: Aside[tuple[str, str, Gate]]) -> None:
    del viewer, mark
    token, password_hash, gate = secret.value
    now = clock.now()
    link = await use_link(token, LinkPurpose.RESET_PASSWORD, gate.keys, now)
    await User.filter(id=link.user_id).update(password_hash=password_hash)
    await revoke_all_sessions(link.user_id, now)
    await announce_again(MailKind.PASSWORD_CHANGED, link.user_id)
