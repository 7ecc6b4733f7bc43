import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from domain.errors import RateLimited
from domain.keys import Keys
from services import limiter as limits
from services.limiter import (
    MAIL_ACCOUNT,
    SIGN_IN_ACCOUNT,
    SIGN_IN_ADDRESS,
    Limiter,
    Rule,
    begin_sign_in,
    count_mail,
    count_registration,
    may_repeat_sign_in,
    network_of,
    sign_in_succeeded,
)

KEYS = Keys(b"a secret of the portal, long enough")
START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RULE = Rule("test", tries=3, seconds=60)
EMAIL = "maria.muster@example.org"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def away() -> Redis:
    return Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)


@pytest.fixture(params=["redis", "local", "redis away"])
async def limiter(request: pytest.FixtureRequest, redis: Redis) -> AsyncIterator[Limiter]:
    client = {"redis": redis, "local": None, "redis away": away()}[request.param]
    yield Limiter(client, KEYS)
    if client is not None and client is not redis:
        await client.aclose()


async def wait_of(limiter: Limiter, rule: Rule, subject: str, seconds: float) -> object:
    with pytest.raises(RateLimited) as refused:
        await limiter.take(rule, subject, at(seconds))
    return refused.value.params["seconds"]


async def test_the_try_after_the_last_one_is_refused_until_the_window_has_moved_on(
    limiter: Limiter,
) -> None:
    for seconds in (0, 10, 20):
        await limiter.take(RULE, "a", at(seconds))
    assert await wait_of(limiter, RULE, "a", 30) == 30
    await limiter.take(RULE, "a", at(60))
    assert await wait_of(limiter, RULE, "a", 61) == 9


async def test_a_refused_try_does_not_lengthen_the_wait(limiter: Limiter) -> None:
    for _ in range(3):
        await limiter.take(RULE, "a", at(0))
    for seconds in range(1, 50):
        assert await wait_of(limiter, RULE, "a", seconds) == 60 - seconds
    await limiter.take(RULE, "a", at(60))


async def test_subjects_and_rules_are_counted_apart(limiter: Limiter) -> None:
    for _ in range(3):
        await limiter.take(RULE, "a", at(0))
    await limiter.take(RULE, "b", at(0))
    await limiter.take(Rule("other", tries=3, seconds=60), "a", at(0))


async def test_the_pause_after_a_try_grows(limiter: Limiter) -> None:
    rule = Rule("pauses", tries=9, seconds=900, pauses=(0, 2, 4))
    await limiter.take(rule, "a", at(0))
    await limiter.take(rule, "a", at(0))
    assert await wait_of(limiter, rule, "a", 1) == 1
    await limiter.take(rule, "a", at(2))
    assert await wait_of(limiter, rule, "a", 2.5) == 4
    await limiter.take(rule, "a", at(6))
    assert await wait_of(limiter, rule, "a", 6) == 4


async def test_a_try_given_back_is_not_counted(limiter: Limiter) -> None:
    for _ in range(10):
        await limiter.give_back(await limiter.take(RULE, "a", at(0)))
    for _ in range(3):
        await limiter.take(RULE, "a", at(1))
    assert await wait_of(limiter, RULE, "a", 2) == 59


async def test_parallel_tries_are_all_counted(limiter: Limiter) -> None:
    outcomes = await asyncio.gather(
        *(limiter.take(RULE, "a", at(0)) for _ in range(20)), return_exceptions=True
    )
    assert sum(isinstance(outcome, RateLimited) for outcome in outcomes) == 17


async def test_an_account_has_five_failures_in_fifteen_minutes(limiter: Limiter) -> None:
    for minute in range(5):
        await begin_sign_in(limiter, EMAIL, f"192.0.2.{minute}", at(60 * minute))
    with pytest.raises(RateLimited) as refused:
        await begin_sign_in(limiter, EMAIL.upper(), "192.0.2.99", at(300))
    assert refused.value.params["seconds"] == 600
    await begin_sign_in(limiter, EMAIL, "192.0.2.99", at(900))


@pytest.mark.parametrize(
    "spelling",
    ["Maria.Muster@EXAMPLE.org", " maria.muster@example.org\n", "MARIA.MUSTER@example.org"],
)
async def test_capitals_and_white_space_make_no_other_account(
    limiter: Limiter, spelling: str
) -> None:
    for minute in range(5):
        await begin_sign_in(limiter, EMAIL, "192.0.2.1", at(60 * minute))
    with pytest.raises(RateLimited):
        await begin_sign_in(limiter, spelling, "192.0.2.1", at(300))


async def test_a_repeated_sign_in_is_compared_five_times_in_fifteen_minutes(
    limiter: Limiter,
) -> None:
    compared = [await may_repeat_sign_in(limiter, EMAIL, at(0)) for _ in range(7)]
    assert compared == [True] * 5 + [False] * 2
    assert not await may_repeat_sign_in(limiter, EMAIL.upper(), at(899))
    assert await may_repeat_sign_in(limiter, EMAIL, at(900))
    await begin_sign_in(limiter, EMAIL, "192.0.2.1", at(0))


async def test_a_sign_in_wipes_out_the_failures_before_it(limiter: Limiter) -> None:
    for minute in range(12):
        ticket = await begin_sign_in(limiter, EMAIL, "192.0.2.1", at(10 * minute))
        if minute % 4 == 3:
            await sign_in_succeeded(limiter, EMAIL, ticket)


async def test_successful_sign_ins_do_not_use_up_an_address(limiter: Limiter) -> None:
    for number in range(40):
        email = f"{number}@example.org"
        await sign_in_succeeded(
            limiter, email, await begin_sign_in(limiter, email, "192.0.2.1", at(0))
        )


async def test_one_s_own_success_does_not_wipe_out_the_guesses_of_the_address(
    limiter: Limiter,
) -> None:
    for number in range(29):
        await begin_sign_in(limiter, f"victim{number}@example.org", "192.0.2.1", at(0))
    own = await begin_sign_in(limiter, "attacker@example.org", "192.0.2.1", at(1))
    await sign_in_succeeded(limiter, "attacker@example.org", own)
    await begin_sign_in(limiter, "victim30@example.org", "192.0.2.1", at(2))
    with pytest.raises(RateLimited):
        await begin_sign_in(limiter, "victim31@example.org", "192.0.2.1", at(3))


async def test_an_address_guesses_thirty_times_in_fifteen_minutes(limiter: Limiter) -> None:
    for number in range(30):
        address = f"2001:db8:1:2::{number:x}"
        await begin_sign_in(limiter, f"{number}@example.org", address, at(0))
    with pytest.raises(RateLimited):
        await begin_sign_in(limiter, "x@example.org", "2001:db8:1:2:ffff::1", at(1))
    await begin_sign_in(limiter, "x@example.org", "2001:db8:1:3::1", at(1))


async def test_registrations_and_mails_are_limited_too(limiter: Limiter) -> None:
    for _ in range(MAIL_ACCOUNT.tries):
        await count_mail(limiter, EMAIL, "192.0.2.1", at(0))
    with pytest.raises(RateLimited):
        await count_mail(limiter, EMAIL, "192.0.2.2", at(0))
    for number in range(20 - MAIL_ACCOUNT.tries):
        await count_registration(limiter, f"{number}@example.org", "192.0.2.1", at(0))
    with pytest.raises(RateLimited):
        await count_registration(limiter, "new@example.org", "192.0.2.1", at(0))


async def test_two_processes_count_together_through_redis(redis: Redis) -> None:
    first, second = Limiter(redis, KEYS), Limiter(redis, KEYS)
    for process in (first, second, first):
        await process.take(RULE, "a", at(0))
    assert await wait_of(second, RULE, "a", 1) == 59


async def test_tries_from_before_redis_went_away_still_count(redis: Redis, redis_url: str) -> None:
    client = Redis.from_url(redis_url)
    limiter = Limiter(client, KEYS)
    for _ in range(2):
        await limiter.take(RULE, "a", at(0))
    limiter._redis = gone = away()
    await limiter.take(RULE, "a", at(1))
    assert await wait_of(limiter, RULE, "a", 2) == 58
    await client.aclose()
    await gone.aclose()


async def test_a_flushed_redis_does_not_lift_the_limit_for_good(redis: Redis) -> None:
    limiter = Limiter(redis, KEYS)
    for _ in range(3):
        await limiter.take(RULE, "a", at(0))
    await redis.flushall()
    for _ in range(3):
        await limiter.take(RULE, "a", at(1))
    assert await wait_of(limiter, RULE, "a", 2) == 59


@pytest.mark.slow
async def test_a_redis_that_does_not_answer_holds_nobody_up() -> None:
    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    client = Redis(host="127.0.0.1", port=server.sockets[0].getsockname()[1])
    limiter = Limiter(client, KEYS)
    async with asyncio.timeout(5):
        for _ in range(3):
            await limiter.take(RULE, "a", at(0))
        assert await wait_of(limiter, RULE, "a", 1) == 59
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_a_full_memory_refuses_instead_of_forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOCAL_SUBJECTS", 3)
    limiter = Limiter(None, KEYS)
    for subject in "abc":
        await limiter.take(RULE, subject, at(0))
    assert await wait_of(limiter, RULE, "d", 1) == RULE.seconds
    await limiter.take(RULE, "a", at(1))
    await limiter.take(RULE, "d", at(61))


async def test_nothing_personal_stands_in_redis_or_the_log(
    redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    for client in (redis, away()):
        limiter = Limiter(client, KEYS)
        await begin_sign_in(limiter, EMAIL, "192.0.2.77", at(0))
        await count_registration(limiter, EMAIL, "192.0.2.77", at(0))
    keys = await redis.keys("*")
    dump = b"".join([key + (await redis.dump(key) or b"") for key in keys])
    assert len(keys) == 5
    assert "Redis is away" in caplog.text
    for personal in ("maria", "muster", "192.0.2.77"):
        assert personal.encode() not in dump.lower()
        assert personal not in caplog.text
    await client.aclose()


async def test_what_is_counted_disappears_from_redis(redis: Redis) -> None:
    await begin_sign_in(Limiter(redis, KEYS), EMAIL, "192.0.2.1", at(0))
    for key in await redis.keys("*"):
        assert 0 < await redis.ttl(key) <= max(SIGN_IN_ACCOUNT.seconds, SIGN_IN_ADDRESS.seconds)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
