"""Payers beside each other: a way needs a benefit, and nobody is said only where there is none."""

from dataclasses import replace

from hypothesis import given

from domain.financing.payer_conditions import Situation
from domain.financing.payers import payers
from tests.domain.financing.saying import PATIENT
from tests.domain.financing.situations import NOTHING_THERE, SITUATIONS, at_home, found
from tests.domain.financing.straight_payers import BENEFITS, WAYS


@PATIENT
@given(SITUATIONS)
def test_budget_and_service_are_as_sure_as_the_benefit_that_they_are_a_way_to(
    said: Situation,
) -> None:
    shown = found(said)
    benefits = [shown[code].certain for code in BENEFITS if code in shown and code != "FLAT_AMOUNT"]
    for code, wish in WAYS.items():
        one = shown.get(code)
        if not benefits or said.wish not in {None, wish}:
            assert one is None
        else:
            assert one is not None
            assert one.certain is (any(benefits) and said.wish == wish)


@PATIENT
@given(SITUATIONS | SITUATIONS.map(lambda said: replace(said, **NOTHING_THERE)))
def test_nobody_pays_only_where_no_benefit_can_be_there(said: Situation) -> None:
    nothing = all(getattr(said, fact) == value for fact, value in NOTHING_THERE.items())
    shown = found(said)
    assert ("NOBODY_YET" in shown and shown["NOBODY_YET"].certain) is nothing
    assert not nothing or set(shown) <= {"NOBODY_YET", "APPLICATION_PENDING"}


def test_no_purpose_named_is_as_if_nothing_was_said_of_it() -> None:
    said = Situation(**at_home(3), disability=True, purposes=frozenset())
    assert payers(said) == payers(replace(said, purposes=None))
    assert "PURPOSES" in payers(said).missing
    assert not found(said)["HELP_TO_CARE"].certain
