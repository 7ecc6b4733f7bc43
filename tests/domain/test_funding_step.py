"""What comes next with a funding source, as it stands today."""

from datetime import date, timedelta

import pytest

from domain.funding import FundingPeriod
from domain.funding_balance import Balance
from domain.funding_state import FundingState
from domain.funding_step import FundingStep, next_step
from tests.domain.budgets import PRIVATE, RELIEF, TODAY, budget, stand

FIRST = date(2026, 1, 1)
_WHOLE = budget(cents=30_00, per=FundingPeriod.WHOLE)
LEFT, USED = stand(_WHOLE), stand(_WHOLE, (TODAY, 30_00))
USED_MONTH = stand(budget(cents=30_00), (TODAY, 30_00))


def _step(
    found: Balance | None = LEFT,
    *,
    state: FundingState = FundingState.APPROVED,
    first: date = FIRST,
    last: date | None = None,
    chosen: bool = False,
) -> FundingStep:
    return next_step(state, first, last, found, chosen, TODAY)


def test_what_pays_says_whether_it_was_chosen_and_what_is_used_up_offers_nothing() -> None:
    assert _step() is FundingStep.APPROVED
    assert _step(chosen=True) is FundingStep.CHOSEN
    for chosen in (True, False):
        assert _step(USED, chosen=chosen) is FundingStep.USED
        assert _step(USED_MONTH, chosen=chosen) is FundingStep.USED_FOR_NOW
        assert _step(chosen=chosen, first=TODAY + timedelta(days=1)) is FundingStep.NOT_BEGUN
        assert _step(chosen=chosen, last=TODAY - timedelta(days=1)) is FundingStep.ENDED
    assert _step(chosen=True, first=TODAY, last=TODAY) is FundingStep.CHOSEN


@pytest.mark.parametrize("state", [each for each in FundingState if each != "APPROVED"])
def test_what_does_not_pay_any_more_or_not_yet_says_so(state: FundingState) -> None:
    assert _step(None, state=state).value == state.value


def test_there_is_something_new_where_a_period_follows_on_which_it_pays() -> None:
    assert USED_MONTH.renews_on == date(2026, 5, 1)
    assert USED.renews_on is None
    assert stand(budget(cents=30_00, per=FundingPeriod.YEAR)).renews_on == date(2027, 1, 1)
    assert stand(budget(cents=30_00, valid_until=date(2026, 4, 30))).renews_on is None
    assert stand(budget(PRIVATE, per=FundingPeriod.WHOLE)).renews_on is None
    assert stand(budget(RELIEF)).renews_on == date(2026, 5, 1)
    assert stand(budget(RELIEF, valid_until=date(2026, 4, 30))).renews_on is None
