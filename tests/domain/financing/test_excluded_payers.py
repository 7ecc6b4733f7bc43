"""Whom an answer takes out of the list of payers, and by what; and where somebody lives."""

from dataclasses import replace

import pytest
from hypothesis import given

from domain.financing.asked import Housing, Purpose
from domain.financing.payer_conditions import Situation
from domain.financing.payer_rules import RULES
from domain.financing.payers import payers
from tests.domain.financing.saying import PATIENT
from tests.domain.financing.situations import SITUATIONS, at_home, disabled, found

P, H = Purpose, Housing


@pytest.mark.parametrize("before", [False, True])
def test_in_special_housing_care_belongs_to_eingliederungshilfe_whenever_it_began(
    *, before: bool
) -> None:
    said = Situation(
        **disabled(P.EVERYDAY),
        care_grade=2,
        housing=H.SPECIAL_HOUSING,
        pension_age=True,
        assistance_before=before,
    )
    codes = set(found(said)) & {"CARE_IN_SPECIAL_HOUSING", "CARE_WITHIN_ASSISTANCE", "HELP_TO_CARE"}
    assert codes == {"CARE_IN_SPECIAL_HOUSING"}
    unsaid = found(replace(said, housing=None))
    assert unsaid["CARE_IN_SPECIAL_HOUSING"].missing[0] == "HOUSING"


def test_in_a_care_facility_it_is_said_that_care_insurance_pays_more_than_is_listed() -> None:
    for housing, told in ((H.CARE_FACILITY, True), (H.HOME, False)):
        said = Situation(**disabled(P.CARE), care_grade=3, housing=housing)
        assert ("FACILITY_CARE_NOT_LISTED" in found(said)["HELP_TO_CARE"].notes) is told


@pytest.mark.no_cover
@PATIENT
@given(SITUATIONS)
def test_whoever_is_left_out_is_named_with_the_answers_that_speak_against_it(
    said: Situation,
) -> None:
    listed = payers(said)
    codes = [each.code for each in listed.possible]
    left_out = [each.code for each in listed.excluded]
    assert sorted(codes + left_out) == sorted(each.code for each in RULES)
    for each in listed.excluded:
        against = {fact.lower() for fact in each.against}
        alone = Situation(**{fact: getattr(said, fact) for fact in against})
        assert against
        assert None not in {getattr(said, fact) for fact in against}
        assert each.code not in found(alone), "these answers alone leave it out"


def test_only_answers_that_speak_against_a_payer_are_named() -> None:
    said = Situation(**at_home(1), **disabled(P.EVERYDAY), pension_age=False)
    against = {each.code: each.against for each in payers(said).excluded}
    assert against["CARE_ALLOWANCE"] == ("CARE_GRADE",)
    assert against["FLAT_AMOUNT"] == ("CARE_GRADE", "HOUSING")
    assert against["HELP_TO_CARE"] == ("DISABILITY", "PURPOSES", "PENSION_AGE", "HOUSING")
    assert payers(Situation()).excluded == ()
