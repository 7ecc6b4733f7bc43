import asyncio

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError

from services.password import PasswordVerdict, hash_password, verify_password

PASSWORD = "Tannenzapfen im Keller"


async def test_a_stored_password_matches_itself_and_nothing_else() -> None:
    stored = await hash_password(PASSWORD)
    assert await verify_password(PASSWORD, stored) == PasswordVerdict(matches=True)
    assert await verify_password(PASSWORD + "!", stored) == PasswordVerdict(matches=False)


async def test_storing_takes_argon2id_with_19_mib_two_passes_and_one_lane() -> None:
    parameters = extract_parameters(await hash_password(PASSWORD))
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


async def test_the_same_password_is_never_stored_alike() -> None:
    assert await hash_password(PASSWORD) != await hash_password(PASSWORD)


async def test_composed_and_decomposed_input_match() -> None:
    stored = await hash_password("Vier Füße hat mein Tisch")
    assert (await verify_password("Vier Fu\u0308ße hat mein Tisch", stored)).matches


async def test_a_hash_with_older_parameters_still_matches_and_asks_to_be_replaced() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    assert await verify_password(PASSWORD, old) == PasswordVerdict(matches=True, needs_rehash=True)
    assert await verify_password("wrong", old) == PasswordVerdict(matches=False)


@pytest.mark.parametrize("password", ["", "x" * 129, "x" * 5_000_000, "\ud800", "nul\x00"])
async def test_an_impossible_password_matches_nothing(password: str) -> None:
    assert not (await verify_password(password, None)).matches
    assert not (await verify_password(password, await hash_password(PASSWORD))).matches


async def test_an_unchecked_password_is_not_stored() -> None:
    with pytest.raises(ValueError, match="checked"):
        await hash_password("x" * 129)


async def test_a_damaged_hash_matches_nothing() -> None:
    assert not (await verify_password(PASSWORD, "not a hash")).matches


@pytest.mark.parametrize(
    ("password", "against"),
    [
        ("a wrong password", "STORED"),
        ("a wrong password", None),
        ("x" * 129, "STORED"),
        ("a wrong password", "damaged"),
    ],
)
async def test_unknown_accounts_and_impossible_passwords_cost_the_same_work(
    monkeypatch: pytest.MonkeyPatch, password: str, against: str | None
) -> None:
    stored = await hash_password(PASSWORD) if against == "STORED" else against
    worked: list[object] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, digest: str, text: str) -> bool:
        try:
            parameters = extract_parameters(digest)
        except InvalidHashError:
            return verify(hasher, digest, text)
        worked.append((parameters.memory_cost, parameters.time_cost, parameters.parallelism))
        return verify(hasher, digest, text)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    assert not (await verify_password(password, stored)).matches
    assert worked == [(19456, 2, 1)]


async def test_hashing_does_not_hold_up_the_event_loop() -> None:
    hashing = asyncio.gather(*(hash_password(PASSWORD) for _ in range(4)))
    ticks = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        ticks += 1
    await hashing
    assert ticks > 4  # on the loop itself, each of the four would have let it run once at most
