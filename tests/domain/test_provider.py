"""What an hour costs: one price per payer and day, without a gap once the first one holds."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.provider import Price, price_list
from domain.user import Payer

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days))
PRICES = st.dictionaries(
    st.tuples(st.sampled_from([Payer.PRIVATE, Payer.OTHER]), DAYS), st.integers(1, 50_000)
).map(lambda said: [Price(payer, cents, day) for (payer, day), cents in said.items()])


@given(PRICES, DAYS, st.integers(0, 60), st.sampled_from(Payer))
def test_a_days_price_is_the_last_one_that_has_begun(
    prices: list[Price], today: date, ahead: int, payer: Payer
) -> None:
    day = today + timedelta(days=ahead)
    begun = [each for each in prices if each.payer is payer and each.valid_from <= day]
    wanted = max(begun, key=lambda each: each.valid_from, default=None)
    found = [
        each.price
        for each in price_list(prices, today)
        if each.price.payer is payer
        and each.price.valid_from <= day
        and (each.valid_until is None or day <= each.valid_until)
    ]
    assert found == ([] if wanted is None else [wanted])


@given(PRICES, DAYS)
def test_what_is_over_is_left_out_and_the_rest_is_sorted(prices: list[Price], today: date) -> None:
    listed = price_list(prices, today)
    assert all(each.valid_until is None or each.valid_until >= today for each in listed)
    keys = [(each.price.payer, each.price.valid_from) for each in listed]
    assert keys == sorted(keys)
