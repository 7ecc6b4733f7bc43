"""A table of offers that is brought up to date, fingerprints of what was looked at, the quota."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.demand import Demand
from domain.matching.fit import fitting
from domain.matching.offer import OfferRow, Offers
from domain.matching.quota import LONGEST, waiting
from domain.matching.snapshot import digest, fingerprint, together
from domain.policy import BOUNDS
from tests.domain.matching_checker import demands, populations
from tests.domain.test_matching import assistant, demand


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(populations, populations, st.lists(demands(), min_size=1, max_size=4), st.data())
def test_a_table_with_rows_replaced_finds_what_a_new_one_finds(
    before: list[OfferRow], changed: list[OfferRow], wanted: list[Demand], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([row.id for row in before]))) if before else set()
    gone |= {row.id for row in changed}
    rows = [row for row in before if row.id not in gone] + changed
    old, new = Offers.of(before), Offers.of(rows)
    for each in wanted:
        fitting(each, old)  # whatever a table has worked out belongs to it alone
    patched = old.replaced(gone, changed)
    assert patched.ids == new.ids
    for each in wanted:
        assert fitting(each, patched).tolist() == fitting(each, new).tolist()


def test_every_part_of_both_sides_is_in_its_fingerprint() -> None:
    row, order = assistant(), demand()
    rows = [
        *(replace(row, radius_km=21), replace(row, volunteer=True), replace(row, week=bytes(84))),
        *(replace(row, qualities=frozenset(["SPR_EN"])), replace(row, busy={3: bytes(84)})),
    ]
    orders = [
        *(replace(order, must=frozenset(["SPR_EN"])), replace(order, wishes=frozenset(["SPR_EN"]))),
        *(replace(order, barred=frozenset([row.id])), replace(order, first_week=7)),
    ]
    assert len({fingerprint(each) for each in (row, *rows)}) == 1 + len(rows)
    assert len({fingerprint(each) for each in (order, *orders)}) == 1 + len(orders)


def test_a_fingerprint_does_not_depend_on_the_order_in_which_things_are_named() -> None:
    one = assistant(activities=["HAU_EINKAUFEN", "BEG_BANK"], busy={1: bytes(84), 2: bytes(84)})
    other = assistant(activities={"BEG_BANK", "HAU_EINKAUFEN"}, busy={2: bytes(84), 1: bytes(84)})
    assert fingerprint(one) == fingerprint(other)
    assert together([1, 2]) == together([2, 1]) != together([1, 1])
    assert digest(1, 2) != digest(2, 1)


@given(st.integers(0, 10_000), st.integers(*BOUNDS["suggestions_at_once"]))
def test_the_quota_delays_more_and_more_and_never_for_ever(unanswered: int, quota: int) -> None:
    now, later = waiting(unanswered, quota), waiting(unanswered + 1, quota)
    assert timedelta() <= now <= later <= LONGEST
    assert (now == timedelta()) == (unanswered < quota)


@pytest.mark.slow
def test_asking_for_every_week_of_a_century_keeps_a_few_tables_only() -> None:
    away = assistant(busy=dict.fromkeys(range(0, 5000, 4), b"\xff" * 84))
    table = Offers.of([away])
    for week in range(5_000):
        table.free_from(week)
    assert len(table._free) <= 64
    assert table.free_from(9_000) is table.weeks
