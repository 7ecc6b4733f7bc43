"""Text of people: one normal form, nothing that misleads, and lengths that hold afterwards."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import EmailRefused, FieldRequired, TextRefused, TextTooLong
from domain.text import EMAIL_LIMIT, can_be_stored, clean, email_address, required

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SURROGATES = (0xD800, 0xDFFF)
CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) != "\n"]


def cleaned(text: str, *, limit: int = 100, lines: bool = False) -> str:
    return clean(text, field="it", limit=limit, lines=lines)


@given(st.text(max_size=120), st.booleans())
def test_what_comes_out_is_normal_short_and_harmless(text: str, lines: bool) -> None:
    try:
        result = cleaned(text, limit=40, lines=lines)
    except (TextRefused, TextTooLong):
        return
    assert len(result) <= 40
    assert result == result.strip()
    assert unicodedata.is_normalized("NFC", result)
    assert not set(result) & set(BIDI)
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in result.replace("\n", ""))
    assert lines or "\n" not in result
    result.encode()
    assert cleaned(result, limit=40, lines=lines) == result


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_harmless_text_keeps_its_words(text: str) -> None:
    if not set(text) & set(BIDI):
        assert cleaned(text) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize("harmful", [*CONTROLS, *BIDI, *map(chr, SURROGATES)])
def test_a_harmful_character_is_refused_wherever_it_stands(harmful: str) -> None:
    for text in (harmful, f"a{harmful}b"):
        with pytest.raises(TextRefused):
            cleaned(text, lines=True)
        with pytest.raises(TextRefused):
            cleaned(text)


def test_line_breaks_are_a_matter_of_the_field() -> None:
    assert cleaned("a\r\nb\nc", lines=True) == "a\nb\nc"
    with pytest.raises(TextRefused):
        cleaned("a\nb")


def test_a_letter_and_its_accent_become_one() -> None:
    assert cleaned("Mu\u0308ller") == "Müller"


def test_the_limit_holds_for_what_is_stored() -> None:
    grows = "\u0958"  # one character that NFC writes as two
    assert len(cleaned(grows * 50)) == 100
    with pytest.raises(TextTooLong) as refused:
        cleaned(grows * 51)
    assert refused.value.params == {"limit": 100}
    assert cleaned(" " * 200 + "e\u0301" * 100) == "é" * 100


@pytest.mark.parametrize("empty", ["", " ", "\u00a0\u2003", "\u200b", "\u200d \u2060", "\ufeff"])
def test_what_cannot_be_seen_is_not_given(empty: str) -> None:
    with pytest.raises(FieldRequired) as refused:
        required(empty, field="firstName", limit=10)
    assert refused.value.field == "firstName"


def test_what_can_be_seen_is_given() -> None:
    assert required(" Zoë ", field="firstName", limit=10) == "Zoë"
    assert required("!", field="firstName", limit=10) == "!"


@pytest.mark.parametrize(
    "address",
    ["a@b.de", "erika.beispiel+test@assistenz-portal.example", "x_y@sub.host.example", "o'n@b.org"],
)
def test_an_address_is_kept_as_written(address: str) -> None:
    assert email_address(f" {address} ") == address


@pytest.mark.parametrize(
    "text",
    [
        "erika",
        "@b.de",
        "a@",
        "a@b",
        "a@@b.de",
        "a b@c.de",
        ".a@b.de",
        "a..b@c.de",
        "a.@b.de",
        "a@-b.de",
        "a@b-.de",
        "a@b..de",
        "ä@b.de",
        "a@b.de,c@d.de",
        "<a@b.de>",
        f"{'a' * 65}@b.de",
    ],
)
def test_what_could_not_be_mailed_is_no_address(text: str) -> None:
    with pytest.raises(EmailRefused) as refused:
        email_address(text)
    assert refused.value.field == "email"


def test_an_address_of_254_characters_is_the_longest() -> None:
    def of(length: int) -> str:
        host = ".".join(["b" * 60] * 3) + ".de"
        return "a" * 60 + "@" + "c" * (length - 61 - len(host) - 1) + "." + host

    assert len(email_address(of(EMAIL_LIMIT))) == 254
    with pytest.raises(TextTooLong):
        email_address(of(EMAIL_LIMIT + 1))


def test_only_what_the_database_takes_is_looked_up_there() -> None:
    assert can_be_stored("Ä\n\u202e\U0001f600")
    for text in ("\0", "a\0b", "\ud800", "a\udfff"):
        assert not can_be_stored(text)


@pytest.mark.parametrize("blank", ["\t", " \n ", "\u00a0"])
def test_white_space_alone_is_a_missing_text_and_not_a_harmful_one(blank: str) -> None:
    with pytest.raises(FieldRequired):
        required(blank, field="lastName", limit=10)
