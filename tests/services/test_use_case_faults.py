"""One key, one effect: with rivals, crashes and lost connections, and without a person's words."""

import asyncio
from typing import Any

import asyncpg
import pytest

from domain.errors import DomainError, IdempotencyInFlight
from domain.viewer import ANONYMOUS
from models.database import CommitUncertain, fetch, parse_url, transaction
from models.idempotency import IdempotencyKey
from models.order import Order
from services import use_case as subject
from services.order import create_order
from services.registration import register_account
from services.user import sign_in
from tests.people import Place, viewer_for
from tests.services.keyed import KEY, PASSWORD, PERSON, Prepare, account, attempt, by_case
from tests.services.scenes import gate, seeker_of, weekly
from tests.staging import everything


async def test_while_a_request_is_under_way_its_repeat_is_told_so(
    place: Place, runtime_url: str
) -> None:
    seeker = await seeker_of(place)
    rival = await asyncpg.connect(**parse_url(runtime_url).arguments())
    try:
        async with rival.transaction():
            await rival.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{seeker.id}|{KEY}"
            )
            with pytest.raises(IdempotencyInFlight) as refused:
                await create_order(seeker, KEY, weekly())
            assert refused.value.field == "idempotencyKey"
            await create_order(seeker, KEY + "2", weekly())
    finally:
        await rival.close()
    await create_order(seeker, KEY, weekly())
    assert await Order.all().count() == 2


@by_case
async def test_twenty_repeats_at_once_have_one_effect(place: Place, prepare: Prepare) -> None:
    viewer, call, _other = await prepare(place)
    found = await asyncio.gather(*(attempt(lambda: call(viewer, KEY)) for _ in range(20)))
    answers = {each for each in found if each != "IDEMPOTENCY_IN_FLIGHT"}
    assert len(answers) == 1
    assert isinstance(answers.pop(), tuple)
    after = await everything()
    assert await IdempotencyKey.all().count() == 1
    await call(viewer, KEY)
    assert await everything() == after


class _Crash(Exception):
    pass


async def test_a_crash_before_the_commit_leaves_no_key_and_no_effect(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeker = await seeker_of(place)
    before = await everything()

    async def crash(*_: object) -> None:
        raise _Crash

    with monkeypatch.context() as patched:
        patched.setattr(subject, "_keep", crash)
        with pytest.raises(_Crash):
            await create_order(seeker, KEY, weekly())
    assert await everything() == before
    assert not await IdempotencyKey.exists()
    await create_order(seeker, KEY, weekly())
    assert await Order.all().count() == 1


async def test_a_connection_that_is_lost_on_the_way_is_made_up_for(
    place: Place, monkeypatch: pytest.MonkeyPatch, owner_url: str
) -> None:
    seeker = await seeker_of(place)
    keep = subject._keep
    lost: list[int] = []

    async def lose_once(*arguments: Any) -> None:
        await keep(*arguments)
        if not lost:
            (row,) = await fetch("SELECT pg_backend_pid() AS pid")
            lost.append(row["pid"])
            await fetch("SELECT pg_terminate_backend($1)", row["pid"])

    monkeypatch.setattr(subject, "_keep", lose_once)
    await create_order(seeker, KEY, weekly())
    assert lost
    assert await Order.all().count() == await IdempotencyKey.all().count() == 1


@pytest.mark.parametrize("committed", [True, False])
async def test_when_nobody_saw_the_commit_the_key_tells_what_happened(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, committed: bool
) -> None:
    seeker = await seeker_of(place)
    begun: list[Unheard] = []

    def first_unheard() -> Any:
        if begun:
            return transaction()
        begun.append(Unheard(committed=committed))
        return begun[0]

    monkeypatch.setattr(subject, "transaction", first_unheard)
    await create_order(seeker, KEY, weekly())
    assert begun
    assert await Order.all().count() == 1


class Unheard:
    """A transaction whose end nobody hears of."""

    def __init__(self, *, committed: bool) -> None:
        self.inner = transaction()
        self.error = None if committed else _Crash()

    async def __aenter__(self) -> object:
        return await self.inner.__aenter__()

    async def __aexit__(self, *_: object) -> None:
        await self.inner.__aexit__(type(self.error) if self.error else None, self.error, None)
        raise CommitUncertain


async def test_what_is_kept_holds_nothing_personal(place: Place) -> None:
    user = await account(place)
    seeker = await viewer_for(user)
    await register_account(ANONYMOUS, KEY, PERSON, gate())
    await sign_in(ANONYMOUS, KEY, user.email, PASSWORD, gate())
    await create_order(seeker, KEY + "1", weekly(description="Ich habe Pflegegrad drei."))
    wrong = (weekly(description="\x00 Pflegegrad"), weekly(activities=("Pflegegrad",)))
    for number, patch in enumerate(wrong, 2):
        with pytest.raises(DomainError):
            await create_order(seeker, f"{KEY}{number}", patch)
    rows = await fetch("SELECT operation, digest, answer FROM idempotency_keys")
    assert len(rows) == 5
    stored = repr(rows)
    markers = (
        PASSWORD,
        "erika",
        "beispiel",
        "0170",
        "37154",
        "pflegegrad",
        "einkaufen",
        user.email,
        user.first_name,
        user.last_name,
    )
    for marker in markers:
        assert marker.casefold() not in stored.casefold(), marker
