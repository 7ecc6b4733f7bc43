"""Storing and checking passwords: argon2id in two threads of its own, never on the event loop.

An unknown account is checked against a hash that nothing matches, so that it costs the same work
as a known one. What a new password must be is said in `domain.password`.
"""

import asyncio
import base64
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.password import is_hashable, normal_form

T = TypeVar("T")

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
DIGEST_BYTES = 32
SALT_BYTES = 16

# 19 MiB, t=2, p=1 is what OWASP recommends; one verification takes about 0.1 s of one core.
_HASHER = PasswordHasher(
    time_cost=PASSES,
    memory_cost=MEMORY_KIB,
    parallelism=LANES,
    hash_len=DIGEST_BYTES,
    salt_len=SALT_BYTES,
)
# Two at a time: bounded memory and CPU. A caller that gives up leaves the queue.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


@dataclass(frozen=True, slots=True)
class PasswordVerdict:
    """Whether a password matches, and whether its stored form is out of date."""

    matches: bool
    needs_rehash: bool = False


async def hash_password(password: str) -> str:
    """The form in which a password is stored.

    Raises:
        ValueError: the password has not been through `domain.password.check`.
    """
    if not is_hashable(password):
        raise ValueError("a password must be checked before it is stored")
    text = normal_form(password)
    return await _in_thread(lambda: _HASHER.hash(text))


async def verify_password(password: str, stored: str | None) -> PasswordVerdict:
    """Compare with the stored form; None stands for an unknown account and costs the same."""
    possible = is_hashable(password)
    text = normal_form(password) if possible else ""
    digest = stored if stored is not None and possible else _UNMATCHED
    return await _in_thread(lambda: _verdict(digest, text))


def _verdict(digest: str, text: str) -> PasswordVerdict:
    try:
        _HASHER.verify(digest, text)
    except InvalidHashError:
        return _verdict(_UNMATCHED, text)
    except VerificationError:
        return PasswordVerdict(matches=False)
    return PasswordVerdict(matches=True, needs_rehash=_HASHER.check_needs_rehash(digest))


def _unmatched() -> str:
    """A well-formed hash with today's parameters over random bytes: no password gives it."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (SALT_BYTES, DIGEST_BYTES)
    )
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${digest}"


_UNMATCHED = _unmatched()


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)
