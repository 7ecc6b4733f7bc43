"""Cursors of live updates: opaque, signed, exact."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cursor import Cursor, Position, decode, encode
from domain.errors import CursorInvalid
from domain.keys import Keys

KEYS = Keys(b"s" * 32)
EPOCH = UUID("0199c0de-0000-7000-8000-000000000001")
CURSOR = Cursor(EPOCH, Position(4711, 815))

numbers = st.integers(min_value=0, max_value=2**64 - 1)


@given(st.uuids(), numbers, numbers)
def test_a_cursor_comes_back_as_it_went_out(epoch: UUID, tx: int, number: int) -> None:
    cursor = Cursor(epoch, Position(tx, number))
    assert decode(encode(cursor, KEYS), KEYS) == cursor


def test_a_cursor_is_64_characters_that_need_no_quoting_in_a_url() -> None:
    text = encode(CURSOR, KEYS)
    assert len(text) == 64
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_positions_are_ordered_by_transaction_before_number() -> None:
    assert sorted([Position(2, 1), Position(1, 9), Position(1, 2)]) == [
        Position(1, 2),
        Position(1, 9),
        Position(2, 1),
    ]


@pytest.mark.parametrize("bit", range(48 * 8))
def test_a_cursor_with_any_bit_changed_is_refused(bit: int) -> None:
    raw = bytearray(urlsafe_b64decode(encode(CURSOR, KEYS)))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CursorInvalid):
        decode(urlsafe_b64encode(bytes(raw)).decode(), KEYS)


def test_a_cursor_of_another_portal_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        decode(encode(CURSOR, Keys(b"t" * 32)), KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "ä" * 64,
        "\ud800" * 64,
        "A" * 63,
        "A" * 64,
        "A" * 65,
        "A" * 68,
        "+" * 64,
        "=" * 64,
        "-" * 1_000_000,
        "\x00" * 64,
    ],
)
def test_whatever_is_no_cursor_is_refused_and_names_its_argument(text: str) -> None:
    with pytest.raises(CursorInvalid) as refusal:
        decode(text, KEYS, field="lastEventId")
    assert refusal.value.field == "lastEventId"


def test_white_space_around_a_cursor_is_not_accepted() -> None:
    with pytest.raises(CursorInvalid):
        decode(f"{encode(CURSOR, KEYS)}\n", KEYS)


@given(st.text(max_size=80))
def test_no_text_makes_the_decoder_stumble(text: str) -> None:
    with pytest.raises(CursorInvalid):
        decode(text, KEYS)
