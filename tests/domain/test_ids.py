"""Ids have one spelling, and new ones come in the order of their making."""

import string
import time
from itertools import count
from uuid import RFC_4122, UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import DomainError, IdMalformed, NotMyDistrict
from domain.ids import decode, encode, split, uuid7

KINDS = st.text(string.ascii_letters, min_size=1, max_size=20)
DISTRICTS = st.text(string.digits, min_size=5, max_size=5)
HEX = "0" * 31 + "1"


@given(KINDS, DISTRICTS, st.uuids())
def test_an_id_comes_back_as_it_went(kind: str, district: str, value: UUID) -> None:
    text = encode(kind, district, value)
    assert split(text) == (kind, district, value.hex)
    assert decode(text, kind, district) == value


@given(st.text(max_size=60) | st.from_regex(r"[a-z]{1,6}_[0-9]{4,6}_[0-9a-fA-F+ _{}-]{30,34}"))
def test_whatever_is_taken_for_an_id_is_its_only_spelling(text: str) -> None:
    try:
        kind, district, digits = split(text)
    except IdMalformed:
        return
    assert encode(kind, district, UUID(hex=digits)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEX,
        f"order_{HEX}",
        f"order_03155_{HEX[1:]}",
        f"order_03155_{HEX}0",
        f"order_03155_+{HEX[1:]}",
        f"order_03155_ {HEX[1:]}",
        f"order_03155_{{{HEX[2:]}}}",
        f"order_03155_{UUID(HEX)}",
        f"order_03155_{'A' * 32}",
        f"order_03155_{'٣' * 32}",
        f"order_0315٥_{HEX}",
        f"order_3155_{HEX}",
        f"_03155_{HEX}",
        f"order_03155_{HEX}\n",
        f"order_03155_{HEX}_",
    ],
)
def test_other_spellings_are_refused_under_the_name_of_their_field(text: str) -> None:
    with pytest.raises(IdMalformed) as refused:
        decode(text, "order", "03155", field="orderId")
    assert refused.value.field == "orderId"


@given(st.uuids(), DISTRICTS)
def test_another_district_is_named_before_anything_else_is_looked_at(
    value: UUID, district: str
) -> None:
    assume(district != "03155")
    with pytest.raises(NotMyDistrict) as refused:
        decode(encode("match", district, value), "order", "03155", field="orderId")
    assert refused.value.params == {"district": district}


def test_an_id_of_another_kind_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        decode(encode("match", "03155", uuid7()), "order", "03155", field="orderId")
    assert (refused.value.code, refused.value.field) == ("ID_MALFORMED", "orderId")


def test_a_new_uuid_has_version_7_and_the_present_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    made = [uuid7() for _ in range(500)]
    after = time.time_ns() // 1_000_000
    for one in made:
        assert (one.version, one.variant) == (7, RFC_4122)
        assert before <= one.int >> 80 <= after
    assert len(set(made)) == len(made)


def test_uuids_of_different_milliseconds_sort_by_their_making() -> None:
    made = []
    for _ in range(5):
        made.append(uuid7())
        time.sleep(0.002)
    assert made == sorted(made)


def test_the_bits_below_a_millisecond_are_all_used(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = time.time_ns() + 10_000_000  # behind whatever the tests before have made
    ticks = count(begin, 7_919)  # 200 of these go through more than a millisecond
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    made = [uuid7().int for _ in range(200)]
    bits = (((1 << 12) - 1) << 64) | ((1 << 62) - 1)
    ever = never = 0
    for one in made:
        ever |= one
        never |= ~one
    assert ever & bits == bits
    assert never & bits == bits


def test_what_is_made_later_is_sorted_later_even_within_a_millisecond(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [uuid7() for _ in range(5_000)]
    monkeypatch.setattr(time, "time_ns", lambda: 1)  # a clock that stands, and was put back
    made += [uuid7() for _ in range(5_000)]
    assert made == sorted(set(made))
