"""Somebody who asks who may pay, and what the tests read of the answer."""

from typing import Any

from hypothesis import strategies as st

from domain.financing.asked import CareInsurance, Cause, Housing, ModelWish, Purpose
from domain.financing.payer_conditions import Situation
from domain.financing.payers import PossiblePayer, payers

SITUATIONS = st.builds(
    Situation,
    cause=st.none() | st.sampled_from(Cause),
    care_grade=st.none() | st.integers(0, 5),
    purposes=st.none() | st.frozensets(st.sampled_from(Purpose)),
    insurance=st.none() | st.sampled_from(CareInsurance),
    housing=st.none() | st.sampled_from(Housing),
    wish=st.none() | st.sampled_from(ModelWish),
    **dict.fromkeys(
        (
            *("disability", "severe_disability", "pension_age", "assistance_before"),
            *("beihilfe", "subsistence", "pending"),
        ),
        st.none() | st.booleans(),
    ),
)


NOTHING_THERE: dict[str, Any] = {
    "care_grade": 0,
    "disability": False,
    "severe_disability": False,
    "cause": Cause.NONE,
}


def at_home(grade: int) -> dict[str, Any]:
    return {"care_grade": grade, "housing": Housing.HOME}


def disabled(*purposes: Purpose) -> dict[str, Any]:
    return {"disability": True, "purposes": frozenset(purposes)}


def found(said: Situation) -> dict[str, PossiblePayer]:
    return {each.code: each for each in payers(said).possible}
