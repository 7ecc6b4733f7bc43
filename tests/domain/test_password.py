import random
import string
import time

import pytest

from domain.errors import (
    DomainError,
    PasswordTooCommon,
    PasswordTooShort,
    TextRefused,
    TextTooLong,
)
from domain.password import MAXIMUM_LENGTH, check, is_hashable, normal_form

EMAIL = "maria.muster@example.org"

# Seconds. Work that doubles with each step would not end at all; this is no measurement.
NOT_EXPONENTIAL = 5.0


@pytest.mark.parametrize(
    "password",
    [
        "blaue Lampe unter dem Tisch",
        "Tannenzapfen im Keller",
        "vier Füße hat mein Tisch",
        "kV9#mQ2$xL7!pR4",
        "9482017365018274",
        "🐌🐚🌵🍵🪁🧶🪶🧩🛶🎐🪴🕯🧭🪵🪨",
    ],
)
def test_a_long_password_of_one_s_own_is_taken_without_further_rules(password: str) -> None:
    check(password, email=EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "passwort1234567",
        "P@ssw0rd P@ssw0rd",
        "aaaaaaaaaaaaaaaa",
        "123456789012345678",
        "qwertzuiopasdfghjkl",
        "1q2w3e4r5t6z7u8i9o",
        "Sommer2023Sommer",
        "ichliebedichichliebedich",
        "abcabcabcabcabcabc",
        "9876543210987654",
        "Assistenzportal Northeim 2026",
        "correcthorsebatterystaple",
        "\uff50asswort1234567",
    ],
)
def test_a_password_of_a_few_common_pieces_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check(password, email=EMAIL)


@pytest.mark.parametrize(
    "password", [EMAIL, EMAIL.upper(), "maria.muster1985", "MusterMariaMuster"]
)
def test_the_own_address_is_no_password(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check(password, email=EMAIL)


def test_fifteen_characters_are_enough_and_fourteen_are_not() -> None:
    check("kV9#mQ2$xL7!pR4", email=EMAIL)
    with pytest.raises(PasswordTooShort) as refused:
        check("kV9#mQ2$xL7!pR", email=EMAIL)
    assert refused.value.params == {"limit": 15}
    assert refused.value.field == "password"


def test_at_most_128_characters_before_and_after_normalising() -> None:
    longest = "".join(random.Random(1).choices(string.ascii_letters, k=MAXIMUM_LENGTH))
    check(longest, email=EMAIL)
    for password in (longest + "x", "\ufdfa" * 40):
        with pytest.raises(TextTooLong):
            check(password, email=EMAIL)
        assert not is_hashable(password)


@pytest.mark.parametrize("character", ["\ud800", "\x00", "\n"])
def test_characters_that_no_keyboard_gives_are_refused(character: str) -> None:
    with pytest.raises(TextRefused):
        check(f"Tannenzapfen{character}im Keller", email=EMAIL)


def test_composed_and_decomposed_umlauts_are_one_password() -> None:
    assert normal_form("Fu\u0308ße") == normal_form("Füße")


def test_the_longest_input_is_judged_quickly() -> None:
    worst = "".join(random.Random(2).choices(string.ascii_letters, k=MAXIMUM_LENGTH))
    began = time.perf_counter()
    check(worst, email=EMAIL)
    assert time.perf_counter() - began < NOT_EXPONENTIAL


def test_no_refusal_repeats_the_password() -> None:
    for password in ("kurz", "passwort1234567", "x" * 200):
        with pytest.raises(DomainError) as refused:
            check(password, email=EMAIL)
        assert password not in str(refused.value)
        assert password not in refused.value.params.values()
