"""Who may pay: a declared row for each case, in the order in which payers come.

Federal law only. What a single city asks for, such as so many hours a day, is none of its rules.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.financing.asked import Cause, Housing, ModelWish, Purpose
from domain.financing.payer_conditions import (
    Condition,
    all_of,
    any_of,
    application_pending,
    assisted_in_time,
    care_outside_assistance,
    caused_by,
    disabled,
    everyday_assistance,
    grade_within,
    lives_in,
    nobody_yet,
    purpose_is,
    severely_disabled,
    wishes_for,
)
from domain.funding import FundingInstrument


class PayerKind(StrEnum):
    """Who may pay."""

    ACCIDENT_INSURANCE = "ACCIDENT_INSURANCE"
    COMPENSATION_OFFICE = "COMPENSATION_OFFICE"
    INTEGRATION_OFFICE = "INTEGRATION_OFFICE"
    REHABILITATION = "REHABILITATION"
    CARE_INSURANCE = "CARE_INSURANCE"
    INTEGRATION_ASSISTANCE = "INTEGRATION_ASSISTANCE"
    HELP_TO_CARE = "HELP_TO_CARE"
    WHOEVER_GRANTS = "WHOEVER_GRANTS"  # a way to get a benefit of another row
    PRIVATE = "PRIVATE"


class OwnMoney(StrEnum):
    """What of it one pays oneself."""

    NOTHING = "NOTHING"
    NOT_STATED = "NOT_STATED"  # the sources say nothing about it
    OWN_CONTRIBUTION = "OWN_CONTRIBUTION"
    HELP_TO_CARE_LIMITS = "HELP_TO_CARE_LIMITS"
    THE_REST = "THE_REST"
    ABOVE_THE_CAP = "ABOVE_THE_CAP"
    AS_THE_BENEFIT = "AS_THE_BENEFIT"
    MEANWHILE_ALL = "MEANWHILE_ALL"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class PayerRule:
    """One case: under which condition who pays what, and what of it is one's own.

    `instruments` are what it is as a funding source: none where it is a way to get another one, or
    goes to the home.
    """

    code: str
    payer: PayerKind
    instruments: tuple[FundingInstrument, ...]
    paragraph: str
    own_money: OwnMoney
    holds: Condition
    notes: tuple[str, ...] = ()


_AT_HOME = lives_in(Housing.HOME)
_SPECIAL_HOUSING = lives_in(Housing.SPECIAL_HOUSING)
_CARE_AT_HOME = all_of(grade_within(2, 5), _AT_HOME)
_ASSISTANCE, _CARE = PayerKind.INTEGRATION_ASSISTANCE, PayerKind.CARE_INSURANCE
_OWN, _I = OwnMoney.OWN_CONTRIBUTION, FundingInstrument

BENEFITS: tuple[PayerRule, ...] = (
    PayerRule(
        "WORK_ACCIDENT",
        PayerKind.ACCIDENT_INSURANCE,
        (_I.OTHER,),
        "§ 13 Abs. 1 SGB XI",
        OwnMoney.NOT_STATED,
        caused_by(Cause.WORK_ACCIDENT),
        ("BEFORE_CARE_INSURANCE",),
    ),
    PayerRule(
        "COMPENSATION",
        PayerKind.COMPENSATION_OFFICE,
        (_I.OTHER,),
        "§ 13 Abs. 1 SGB XI",
        OwnMoney.NOT_STATED,
        caused_by(Cause.COMPENSATION),
        ("BEFORE_CARE_INSURANCE",),
    ),
    PayerRule(
        "WORK_ASSISTANCE",
        PayerKind.INTEGRATION_OFFICE,
        (_I.WORK_ASSISTANCE,),
        "§ 185 Abs. 5 SGB IX",
        OwnMoney.NOTHING,
        all_of(purpose_is(Purpose.WORK), severely_disabled),
        ("FULL_COST_OF_WORK_ASSISTANCE",),
    ),
    PayerRule(
        "FINDING_WORK",
        PayerKind.REHABILITATION,
        (_I.OTHER,),  # by another law than `WORK_ASSISTANCE`
        "§ 49 Abs. 8 Nr. 3 SGB IX",
        OwnMoney.NOTHING,
        all_of(purpose_is(Purpose.FINDING_WORK), severely_disabled),
    ),
    PayerRule(
        "SCHOOL",
        _ASSISTANCE,
        (_I.EDUCATION_ASSISTANCE,),
        "§§ 112, 138 Abs. 1 SGB IX",
        OwnMoney.NOTHING,
        all_of(purpose_is(Purpose.SCHOOL), disabled),
        ("MEASLES",),
    ),
    PayerRule(
        "STUDY",
        _ASSISTANCE,
        (_I.EDUCATION_ASSISTANCE,),
        "§ 112 SGB IX",
        _OWN,
        all_of(purpose_is(Purpose.STUDY), disabled),
        ("MEASLES", "BOARDING_IS_FREE"),
    ),
    PayerRule(
        "RELIEF_AMOUNT",
        _CARE,
        (_I.RELIEF_AMOUNT,),
        "§ 45b SGB XI",
        OwnMoney.THE_REST,
        all_of(grade_within(1, 1), _AT_HOME),
        ("RECOGNISED_OFFER", "GRADE_1_MAY_USE_CARE_SERVICE", "RECEIPTS"),
    ),
    PayerRule(
        "RELIEF_AND_CONVERSION",
        _CARE,
        (_I.RELIEF_AMOUNT, _I.CONVERSION, _I.RESPITE_CARE),
        "§§ 39, 45a, 45b SGB XI",
        OwnMoney.THE_REST,
        _CARE_AT_HOME,
        ("RECOGNISED_OFFER", "CONVERSION_LOWERS_ALLOWANCE", "RECEIPTS"),
    ),
    PayerRule(
        "CARE_SERVICE",
        _CARE,
        (_I.CARE_IN_KIND,),
        "§§ 36, 38 SGB XI",
        OwnMoney.ABOVE_THE_CAP,
        _CARE_AT_HOME,
        ("CONTRACT_OF_CARE_SERVICE",),
    ),
    PayerRule(
        "CARE_ALLOWANCE",
        _CARE,
        (_I.CARE_ALLOWANCE,),
        "§ 37 SGB XI",
        OwnMoney.THE_REST,
        _CARE_AT_HOME,
        ("FREE_TO_USE",),
    ),
    PayerRule(
        "FLAT_AMOUNT",
        _CARE,
        (),
        "§ 43a SGB XI",
        OwnMoney.NOT_STATED,
        all_of(grade_within(2, 5), _SPECIAL_HOUSING),
        ("GOES_TO_THE_HOME",),
    ),
    PayerRule(
        "ASSISTANCE",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§§ 78, 99, 113 Abs. 2 Nr. 2, 116 SGB IX",
        _OWN,
        everyday_assistance,
        ("FROM_MONTH_OF_APPLICATION", "FLAT_OR_POOLED"),
    ),
    PayerRule(
        "CARE_WITHIN_ASSISTANCE",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§ 103 Abs. 2 SGB IX",
        _OWN,
        all_of(everyday_assistance, grade_within(1, 5), _AT_HOME, assisted_in_time),
        ("BESIDE_CARE_INSURANCE",),
    ),
    PayerRule(
        "CARE_IN_SPECIAL_HOUSING",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§ 103 Abs. 1 SGB IX",
        _OWN,
        all_of(everyday_assistance, grade_within(1, 5), _SPECIAL_HOUSING),
        ("BESIDE_CARE_INSURANCE",),
    ),
    PayerRule(
        "PARENTING",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§ 78 Abs. 3 SGB IX",
        _OWN,
        all_of(purpose_is(Purpose.PARENTING), disabled),
    ),
    PayerRule(
        "VOLUNTEERING",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§ 78 Abs. 5 SGB IX",
        OwnMoney.NOT_STATED,
        all_of(purpose_is(Purpose.VOLUNTEERING), disabled),
        ("FAMILY_FIRST",),
    ),
    PayerRule(
        "TRAVEL",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§§ 78 Abs. 4, 83 SGB IX",
        OwnMoney.NOT_STATED,
        all_of(purpose_is(Purpose.TRAVEL), disabled),
    ),
    PayerRule(
        "HOSPITAL",
        _ASSISTANCE,
        (_I.INTEGRATION_ASSISTANCE,),
        "§ 113 Abs. 6 SGB IX",
        OwnMoney.NOT_STATED,
        all_of(purpose_is(Purpose.HOSPITAL), disabled),
    ),
    PayerRule(
        "HELP_TO_CARE",
        PayerKind.HELP_TO_CARE,
        (_I.HELP_TO_CARE,),
        "§§ 61 ff. SGB XII",
        OwnMoney.HELP_TO_CARE_LIMITS,
        care_outside_assistance,
        ("AFTER_CARE_INSURANCE", "SPOUSE_COUNTS"),
    ),
)
# A way to get a benefit is there as far as a benefit is; what goes to a home comes in no other way.
_OF_A_BENEFIT = any_of(*(each.holds for each in BENEFITS if each.instruments))
RULES: tuple[PayerRule, ...] = (
    *BENEFITS,
    PayerRule(
        "BUDGET",
        PayerKind.WHOEVER_GRANTS,
        (_I.PERSONAL_BUDGET,),
        "§ 29 SGB IX",
        OwnMoney.AS_THE_BENEFIT,
        all_of(wishes_for(ModelWish.EMPLOY), _OF_A_BENEFIT),
        ("EMPLOYERS_DUTIES", "CARE_SERVICES_AS_VOUCHERS", "BOUND_SIX_MONTHS"),
    ),
    PayerRule(
        "SERVICE",
        PayerKind.WHOEVER_GRANTS,
        (),
        "§§ 123 ff. SGB IX",
        OwnMoney.AS_THE_BENEFIT,
        all_of(wishes_for(ModelWish.SERVICE), _OF_A_BENEFIT),
        ("PROVIDER_NEEDS_AGREEMENT",),
    ),
    PayerRule(
        "APPLICATION_PENDING",
        PayerKind.PRIVATE,
        (_I.PRIVATE,),
        "§ 14 SGB IX",
        OwnMoney.MEANWHILE_ALL,
        application_pending,
    ),
    PayerRule(
        "NOBODY_YET",
        PayerKind.PRIVATE,
        (_I.PRIVATE,),
        "§ 32 SGB IX, § 7a SGB XI",
        OwnMoney.ALL,
        nobody_yet,
        ("APPLY_FOR_GRADE",),
    ),
)
