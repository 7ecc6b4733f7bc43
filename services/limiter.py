"""How often something may be tried: counted in Redis, and in this process while Redis is away.

Every try takes a place in a sliding window; a refused one takes none, and one that is about the
same thing as an earlier one of the window takes none either. No name, address or other
personal value reaches Redis, only pseudonyms. There is no state in which everything is allowed.
"""

import asyncio
import ipaddress
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import RateLimited
from domain.keys import Keys
from domain.text import one_spelling

log = logging.getLogger(__name__)

REDIS_SECONDS = 0.5
LOCAL_SUBJECTS = 20_000
_IPV6_NETWORK = 64
_NETWORKS = 1_024


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `tries` in any `seconds`; `pauses[n]` seconds must pass after n+1 tries."""

    name: str
    tries: int
    seconds: int
    pauses: tuple[int, ...] = ()

    def wait(self, past: Sequence[float], now: float) -> float:
        """Seconds until the next try, 0 if it may be now; `past` ascends and lies in the window."""
        if len(past) >= self.tries:
            return past[-self.tries] + self.seconds - now
        if past and self.pauses:
            pause = self.pauses[min(len(past), len(self.pauses)) - 1]
            return max(0.0, past[-1] + pause - now)
        return 0.0


SIGN_IN_ACCOUNT = Rule("sign-in-account", tries=5, seconds=15 * 60, pauses=(0, 1, 2, 4))
SIGN_IN_ADDRESS = Rule("sign-in-address", tries=30, seconds=15 * 60)
SIGN_IN_REPEAT = Rule("sign-in-repeat", tries=5, seconds=15 * 60)
REGISTER_ADDRESS = Rule("register-address", tries=20, seconds=60 * 60)
DRAFT_ADDRESS = Rule("draft-address", tries=60, seconds=60 * 60)
CALENDAR_ADDRESS = Rule("calendar-address", tries=120, seconds=15 * 60)
MAIL_ACCOUNT = Rule("mail-account", tries=3, seconds=15 * 60)
MAIL_ADDRESS = Rule("mail-address", tries=20, seconds=60 * 60)
MAIL_SENDER = Rule("mail-sender", tries=20, seconds=60 * 60)


# What people read of which there were too many, by the first word of a rule.
_WHAT = {
    "sign": "SIGN_IN",
    "register": "REGISTRATION",
    "draft": "DRAFT",
    "calendar": "CALENDAR",
    "mail": "MAIL",
    "number": "NUMBER",
    "order": "ORDER",
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A try that was counted; it can be given back when it turns out to be harmless."""

    key: str
    member: str


# Same arithmetic as Rule.wait, in one step on the server, so that no two tries see the same place.
_TAKE = """
local now, window, tries = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZSCORE', KEYS[1], ARGV[4]) then return '0' end
local past = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local count = #past / 2
local wait = 0
if count >= tries then
  wait = past[2 * (count - tries + 1)] + window - now
elseif count > 0 and #ARGV > 4 then
  wait = past[2 * count] + ARGV[4 + math.min(count, #ARGV - 4)] - now
end
if wait > 0 then return tostring(wait) end
redis.call('ZADD', KEYS[1], now, ARGV[4])
redis.call('EXPIRE', KEYS[1], math.ceil(window))
return '0'
"""


class Limiter:
    """Counts tries for everybody who shares the Redis; without one, or while it is away, alone."""

    def __init__(self, redis: Redis | None, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._local = _LocalCounts(LOCAL_SUBJECTS)

    async def take(
        self, rule: Rule, subject: str, now: datetime, about: str | None = None
    ) -> Ticket:
        """Count one try; `about` is what it is about, where the same thing counts once.

        Raises:
            RateLimited: too many; `seconds` until the next one.
        """
        member = uuid4().hex if about is None else self._keys.pseudonym("limit", about)
        ticket = Ticket(self._key(rule, subject), member)
        instant = now.timestamp()
        wait = await self._take_shared(rule, ticket, instant)
        if wait is None or wait <= 0:  # what Redis allows is noted here too, for when it goes away
            local = self._local.take(rule, ticket, instant)
            wait = local if wait is None else 0
        if wait > 0:
            raise RateLimited(
                seconds=math.ceil(wait), what=_WHAT.get(rule.name.split("-")[0], "REQUEST")
            )
        return ticket

    async def give_back(self, ticket: Ticket) -> None:
        """Uncount one try that succeeded."""
        self._local.give_back(ticket)
        await self._tell("ZREM", ticket.key, ticket.member)

    async def forget(self, rule: Rule, subject: str) -> None:
        """Uncount every try of a subject, because it has proved who it is."""
        key = self._key(rule, subject)
        self._local.forget(key)
        await self._tell("DEL", key)

    def _key(self, rule: Rule, subject: str) -> str:
        return f"portal:limit:{rule.name}:{self._keys.pseudonym('limit', subject)}"

    async def _take_shared(self, rule: Rule, ticket: Ticket, instant: float) -> float | None:
        answer = await self._tell(
            "EVAL", _TAKE, 1, ticket.key, instant, rule.seconds, rule.tries, ticket.member,
            *rule.pauses,
        )  # fmt: skip
        return None if answer is None else float(answer)

    async def _tell(self, *command: str | float) -> bytes | str | int | None:
        """Redis' answer, or None while it is away."""
        if self._redis is None:
            return None
        try:
            async with asyncio.timeout(REDIS_SECONDS):
                answer: bytes | str | int = await self._redis.execute_command(*command)  # type: ignore[no-untyped-call]  # redis-py leaves it unannotated
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("limits are counted locally, Redis is away: %s", type(error).__name__)
            return None
        return answer


class _LocalCounts:
    """The same windows in memory, for a bounded number of subjects. When full it refuses."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._tries: dict[str, dict[str, float]] = {}
        self._ends: dict[str, float] = {}

    def take(self, rule: Rule, ticket: Ticket, now: float) -> float:
        if ticket.key not in self._tries and len(self._tries) >= self._capacity:
            self._clear_out(now)
            if len(self._tries) >= self._capacity:
                return rule.seconds
        tries = self._tries.setdefault(ticket.key, {})
        for member in [each for each, at in tries.items() if at <= now - rule.seconds]:
            del tries[member]
        if ticket.member in tries:
            return 0.0
        wait = rule.wait(sorted(tries.values()), now)
        if wait <= 0:
            tries[ticket.member] = now
            self._ends[ticket.key] = now + rule.seconds
        return wait

    def give_back(self, ticket: Ticket) -> None:
        tries = self._tries.get(ticket.key, {})
        tries.pop(ticket.member, None)
        if not tries:
            self.forget(ticket.key)

    def forget(self, key: str) -> None:
        self._tries.pop(key, None)
        self._ends.pop(key, None)

    def _clear_out(self, now: float) -> None:
        for key in [each for each, end in self._ends.items() if end <= now]:
            self.forget(key)


async def begin_sign_in(limiter: Limiter, email: str, address: str, now: datetime) -> Ticket:
    """Count a sign-in before its password is looked at, so that parallel guesses count as well.

    Known and unknown accounts are counted alike.

    Raises:
        RateLimited: too many for this address, or for this account.
    """
    ticket = await limiter.take(SIGN_IN_ADDRESS, network_of(address), now)
    await limiter.take(SIGN_IN_ACCOUNT, _account(email), now)
    return ticket


async def sign_in_succeeded(limiter: Limiter, email: str, ticket: Ticket) -> None:
    """Only failures count: forget those of the account, and this try of the address."""
    await limiter.forget(SIGN_IN_ACCOUNT, _account(email))
    await limiter.give_back(ticket)


async def may_repeat_sign_in(limiter: Limiter, email: str, now: datetime) -> bool:
    """Whether a sign-in may be compared with an earlier one instead of being counted by itself.

    Counted for known and unknown accounts alike: whoever knows a key may not guess with it freely.
    """
    try:
        await limiter.take(SIGN_IN_REPEAT, _account(email), now)
    except RateLimited:
        return False
    return True


async def count_registration(limiter: Limiter, email: str, address: str, now: datetime) -> None:
    """Count a registration, which sends a mail.

    Raises:
        RateLimited: too many from this address, or too many mails to this one.
    """
    await limiter.take(REGISTER_ADDRESS, network_of(address), now)
    await count_mail(limiter, email, address, now)


async def count_mail(limiter: Limiter, email: str, address: str, now: datetime) -> None:
    """Count a mail that anybody may ask for: a new link, a new password.

    Raises:
        RateLimited: too many asked for from this address, or for this account.
    """
    await limiter.take(MAIL_ADDRESS, network_of(address), now)
    await limiter.take(MAIL_ACCOUNT, _account(email), now)


async def count_sent_mail(limiter: Limiter, email: str, sender: UUID, now: datetime) -> None:
    """Count a mail that somebody who is signed in has sent: by account, whatever the network.

    Raises:
        RateLimited: too many sent by this account, or to this address.
    """
    await limiter.take(MAIL_SENDER, sender.hex, now)
    await limiter.take(MAIL_ACCOUNT, _account(email), now)


async def count_calendar(limiter: Limiter, address: str, now: datetime) -> None:
    """Count a look into a calendar, whether its address opens anything or not.

    Raises:
        RateLimited: too many from this network.
    """
    await limiter.take(CALENDAR_ADDRESS, network_of(address), now)


def _account(email: str) -> str:
    return one_spelling(email) or email  # what is no address opens no account


@lru_cache(_NETWORKS)
def network_of(address: str) -> str:
    """Whom an address stands for: itself in IPv4, its /64 in IPv6, one bucket for the rest."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
