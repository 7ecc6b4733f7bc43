"""Who may pay: each case of the sources, every combination, and what was not said."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.financing.asked import CareInsurance, Cause, Housing, ModelWish, Purpose
from domain.financing.payer_conditions import Situation
from domain.financing.payer_rules import RULES, OwnMoney, PayerKind
from domain.financing.payers import payers, problems
from domain.funding import PAYERS, FundingInstrument
from domain.user import Payer
from tests.domain.financing.saying import PATIENT
from tests.domain.financing.situations import NOTHING_THERE, SITUATIONS, at_home, disabled, found
from tests.domain.financing.straight_payers import (
    ORDER,
    TABLE,
    Row,
    answers,
    judged,
)

ENUMS: dict[str, Any] = {"cause": Cause, "housing": Housing, "wish": ModelWish}
P, H = Purpose, Housing
# Payers that a source of a seeker's file knows by name; the others are OTHER there.
OWN = {kind: each.value for kind in PayerKind for each in Payer if kind.value == each.value}
DETAILS = {"SUBSISTENCE", "INSURANCE", "BEIHILFE"}  # do not decide whether somebody pays


def situation(said: dict[str, Any]) -> Situation:
    told = {
        fact: ENUMS[fact](value) if fact in ENUMS and value is not None else value
        for fact, value in said.items()
    }
    if told.get("purposes") is not None:
        told["purposes"] = frozenset(map(Purpose, told["purposes"]))
    return Situation(**told)


CASES = [
    ("E1", {"cause": Cause.WORK_ACCIDENT}, "WORK_ACCIDENT", "ACCIDENT_INSURANCE", "NOT_STATED"),
    ("E1", {"cause": Cause.COMPENSATION}, "COMPENSATION", "COMPENSATION_OFFICE", "NOT_STATED"),
    (
        "E2",
        {"severe_disability": True, "purposes": frozenset({P.WORK})},
        "WORK_ASSISTANCE",
        "INTEGRATION_OFFICE",
        "NOTHING",
    ),
    (
        "E2",
        {"severe_disability": True, "purposes": frozenset({P.FINDING_WORK})},
        "FINDING_WORK",
        "REHABILITATION",
        "NOTHING",
    ),
    ("E3", disabled(P.SCHOOL), "SCHOOL", "INTEGRATION_ASSISTANCE", "NOTHING"),
    ("E3", disabled(P.STUDY), "STUDY", "INTEGRATION_ASSISTANCE", "OWN_CONTRIBUTION"),
    ("E4", at_home(1), "RELIEF_AMOUNT", "CARE_INSURANCE", "THE_REST"),
    ("E5", at_home(2), "RELIEF_AND_CONVERSION", "CARE_INSURANCE", "THE_REST"),
    ("E6", at_home(3), "CARE_SERVICE", "CARE_INSURANCE", "ABOVE_THE_CAP"),
    ("E7", at_home(5), "CARE_ALLOWANCE", "CARE_INSURANCE", "THE_REST"),
    ("E8", disabled(P.EVERYDAY), "ASSISTANCE", "INTEGRATION_ASSISTANCE", "OWN_CONTRIBUTION"),
    (
        "E9",
        {**disabled(P.EVERYDAY), **at_home(2), "pension_age": True, "assistance_before": True},
        "CARE_WITHIN_ASSISTANCE",
        "INTEGRATION_ASSISTANCE",
        "OWN_CONTRIBUTION",
    ),
    (
        "E9",
        {**disabled(P.EVERYDAY), "care_grade": 1, "housing": H.SPECIAL_HOUSING},
        "CARE_IN_SPECIAL_HOUSING",
        "INTEGRATION_ASSISTANCE",
        "OWN_CONTRIBUTION",
    ),
    (
        "E9",
        {"care_grade": 2, "housing": H.SPECIAL_HOUSING},
        "FLAT_AMOUNT",
        "CARE_INSURANCE",
        "NOT_STATED",
    ),
    (
        "E10",
        {**disabled(P.EVERYDAY), **at_home(2), "pension_age": True, "assistance_before": False},
        "HELP_TO_CARE",
        "HELP_TO_CARE",
        "HELP_TO_CARE_LIMITS",
    ),
    (
        "E10",
        {**disabled(P.CARE), **at_home(2)},
        "HELP_TO_CARE",
        "HELP_TO_CARE",
        "HELP_TO_CARE_LIMITS",
    ),
    ("E11", NOTHING_THERE, "NOBODY_YET", "PRIVATE", "ALL"),
    ("E12", {"pending": True}, "APPLICATION_PENDING", "PRIVATE", "MEANWHILE_ALL"),
    (
        "E13",
        {"wish": ModelWish.EMPLOY, **disabled(P.EVERYDAY)},
        "BUDGET",
        "WHOEVER_GRANTS",
        "AS_THE_BENEFIT",
    ),
    (
        "E14",
        {"wish": ModelWish.SERVICE, **at_home(2)},
        "SERVICE",
        "WHOEVER_GRANTS",
        "AS_THE_BENEFIT",
    ),
    ("E15", disabled(P.VOLUNTEERING), "VOLUNTEERING", "INTEGRATION_ASSISTANCE", "NOT_STATED"),
    ("E16", disabled(P.PARENTING), "PARENTING", "INTEGRATION_ASSISTANCE", "OWN_CONTRIBUTION"),
    ("E17", disabled(P.TRAVEL), "TRAVEL", "INTEGRATION_ASSISTANCE", "NOT_STATED"),
    ("E18", disabled(P.HOSPITAL), "HOSPITAL", "INTEGRATION_ASSISTANCE", "NOT_STATED"),
]


@pytest.mark.parametrize(("source", "said", "code", "payer", "own"), CASES)
def test_each_case_of_the_sources_names_its_payer(
    source: str, said: dict[str, Any], code: str, payer: str, own: str
) -> None:
    one = found(Situation(**said))[code]
    assert (one.payer, one.own_money, one.certain) == (payer, own, True), source


def test_the_sources_have_no_other_case() -> None:
    assert {code for _source, _said, code, *_rest in CASES} == {each.code for each in RULES}
    assert {int(source[1:]) for source, *_rest in CASES} == set(range(1, 19))


def test_grade_1_has_neither_allowance_nor_care_service() -> None:
    known = replace(Situation(**at_home(1)), disability=True, purposes=frozenset({P.CARE}))
    codes = {code for code, each in found(known).items() if each.payer == "CARE_INSURANCE"}
    assert codes == {"RELIEF_AMOUNT"}


def test_care_belongs_to_eingliederungshilfe_or_to_help_to_care_at_home_never_to_both() -> None:
    for pension_age, before in ((False, False), (True, True), (True, False)):
        said: dict[str, Any] = {"pension_age": pension_age, "assistance_before": before}
        codes = set(found(Situation(**disabled(P.EVERYDAY), **at_home(2), **said)))
        assert len(codes & {"CARE_WITHIN_ASSISTANCE", "HELP_TO_CARE"}) == 1


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_every_combination_of_answers_agrees_with_the_second_table(row: Row) -> None:
    code, facts, _holds = row
    for said in answers(code, facts):
        holds, turning = judged(row, said)
        one = found(situation(said)).get(code)
        assert (one is not None) == (holds is not False), said
        if one:
            assert one.certain is bool(holds), said
            asked = {each.lower() for each in one.missing if each not in DETAILS}
            assert asked == turning, said


def test_each_case_can_be_written_down_as_what_it_is_paid_by() -> None:
    """The payer of a case is one that the benefit can be written down with."""
    for rule in RULES:
        ways = {payer for each in rule.instruments for payer in PAYERS[each]}
        if not rule.instruments or rule.payer is PayerKind.WHOEVER_GRANTS:
            assert ways != {Payer.OTHER}, rule.code
        else:
            assert {each.value for each in ways} == {OWN.get(rule.payer, "OTHER")}, rule.code
    assert [rule.code for rule in RULES if not rule.instruments] == ["FLAT_AMOUNT", "SERVICE"]


def test_there_is_a_case_for_each_benefit_that_somebody_can_write_down() -> None:
    assert {each for rule in RULES for each in rule.instruments} == set(FundingInstrument)


def test_payers_come_in_the_order_of_the_second_table() -> None:
    nothing_said = [each.code for each in payers(Situation()).possible]
    assert nothing_said == [*ORDER]


FACTS = [each.name for each in fields(Situation)]


@PATIENT
@given(SITUATIONS, st.sets(st.sampled_from(FACTS)))
def test_an_answer_more_never_adds_a_payer_or_a_missing_fact(
    said: Situation, unsaid: set[str]
) -> None:
    before, after = payers(replace(said, **dict.fromkeys(unsaid))), payers(said)
    assert set(after.missing) <= set(before.missing)
    earlier = {each.code: each for each in before.possible}
    for each in after.possible:
        assert set(each.missing) <= set(earlier[each.code].missing)
        assert each.certain or not earlier[each.code].certain


@pytest.mark.no_cover
@PATIENT
@given(SITUATIONS)
def test_a_row_hangs_on_nothing_but_its_facts(said: Situation) -> None:
    shown = found(said)
    for code, facts, _holds in TABLE:
        own = {fact: getattr(said, fact) for fact in facts}
        assert (code in shown) == (code in found(Situation(**own)))


@PATIENT
@given(SITUATIONS)
def test_nobody_who_is_uncertain_lacks_the_fact_that_decides(said: Situation) -> None:
    for each in payers(said).possible:
        assert each.certain or set(each.missing) - DETAILS


def test_what_decides_how_it_is_paid_is_asked_for_and_told() -> None:
    care = found(Situation(**at_home(3)))["CARE_ALLOWANCE"]
    assert care.missing == ("INSURANCE", "BEIHILFE")
    said = Situation(**at_home(3), insurance=CareInsurance.PRIVATE, beihilfe=True)
    care = found(said)["CARE_ALLOWANCE"]
    assert care.missing == ()
    assert care.notes == ("FREE_TO_USE", "PRIVATE_INSURER", "BEIHILFE_PAYS_HALF")
    statutory = Situation(**at_home(3), insurance=CareInsurance.STATUTORY, beihilfe=False)
    assert found(statutory)["CARE_ALLOWANCE"].notes == ("FREE_TO_USE",)


def test_whoever_receives_subsistence_pays_no_own_contribution() -> None:
    said = Situation(**disabled(P.EVERYDAY))
    assert found(said)["ASSISTANCE"].missing == ("SUBSISTENCE",)
    free = found(replace(said, subsistence=True))["ASSISTANCE"]
    assert free.own_money is OwnMoney.NOTHING
    assert "SUBSISTENCE_FREE" in free.notes
    assert found(replace(said, subsistence=False))["ASSISTANCE"].own_money == "OWN_CONTRIBUTION"


def test_help_to_care_with_grade_1_is_small() -> None:
    for grade, told in ((1, True), (2, False)):
        one = found(Situation(**at_home(grade), **disabled(P.CARE)))["HELP_TO_CARE"]
        assert ("GRADE_1_AIDS_ONLY" in one.notes) is told
        assert one.payer is PayerKind.HELP_TO_CARE


def test_nobody_found_is_said_so() -> None:
    nobody = Situation(
        cause=Cause.NONE,
        care_grade=0,
        disability=True,
        severe_disability=False,
        purposes=frozenset({P.CARE}),
        pending=False,
        housing=H.HOME,
        wish=ModelWish.SERVICE,
    )
    assert list(found(nobody)) == []
    assert "NOBODY_FOUND" in payers(nobody).notes
    somebody = payers(replace(nobody, purposes=frozenset({P.TRAVEL})))
    assert somebody.notes == (
        "NEVER_THE_SAME_HOUR_TWICE",
        "ORDER_OF_PAYERS",
        "PASSED_ON_IN_TWO_WEEKS",
    )


def test_a_care_grade_goes_from_0_to_5() -> None:
    for grade, wrong in ((-1, 1), (0, 0), (5, 0), (6, 1), (None, 0)):
        assert len([*problems(Situation(care_grade=grade))]) == wrong
