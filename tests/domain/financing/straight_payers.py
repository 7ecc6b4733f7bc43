"""Who may pay a second time: plain yes or no of facts that are all known, and every completion.

What is not known is tried with everything that it could be, instead of reckoned with.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

Values = Mapping[str, Any]

# What each fact can be.
VALUES: Mapping[str, tuple[Any, ...]] = {
    "cause": ("NONE", "WORK_ACCIDENT", "COMPENSATION"),
    "care_grade": (0, 1, 2, 5),
    "disability": (False, True),
    "severe_disability": (False, True),
    "pension_age": (False, True),
    "assistance_before": (False, True),
    "housing": ("HOME", "CARE_FACILITY", "SPECIAL_HOUSING"),
    "wish": ("EMPLOY", "SERVICE"),
    "pending": (False, True),
}
PURPOSES = (
    *("EVERYDAY", "CARE", "WORK", "FINDING_WORK", "SCHOOL", "STUDY", "PARENTING"),
    *("VOLUNTEERING", "TRAVEL", "HOSPITAL"),
)


def _aim(purpose: str) -> Callable[[Values], bool]:
    return lambda it: purpose in it["purposes"] and it["disability"]


def _care(low: int, high: int) -> Callable[[Values], bool]:
    return lambda it: low <= it["care_grade"] <= high and it["housing"] == "HOME"


def _housed(low: int) -> Callable[[Values], bool]:
    return lambda it: it["care_grade"] >= low and it["housing"] == "SPECIAL_HOUSING"


def _sgb_ix(it: Values) -> bool:
    return it["assistance_before"] if it["pension_age"] else True


def _e9(it: Values) -> bool:
    return _aim("EVERYDAY")(it) and _care(1, 5)(it) and _sgb_ix(it)


def _e10(it: Values) -> bool:
    if it["care_grade"] == 0:
        return False
    if it["housing"] == "CARE_FACILITY" or not _aim("EVERYDAY")(it):
        return True
    return it["housing"] != "SPECIAL_HOUSING" and not _sgb_ix(it)


Row = tuple[str, tuple[str, ...], Callable[[Values], bool]]
_DISABLED = ("purposes", "disability")
_AT_HOME = ("care_grade", "housing")
_ASSISTED = (*_DISABLED, *_AT_HOME, "pension_age", "assistance_before")
# In the order of payers: the code, the facts that it hangs on, and when it is so.
TABLE: tuple[Row, ...] = (
    ("WORK_ACCIDENT", ("cause",), lambda it: it["cause"] == "WORK_ACCIDENT"),
    ("COMPENSATION", ("cause",), lambda it: it["cause"] == "COMPENSATION"),
    (
        "WORK_ASSISTANCE",
        ("purposes", "severe_disability"),
        lambda it: "WORK" in it["purposes"] and it["severe_disability"],
    ),
    (
        "FINDING_WORK",
        ("purposes", "severe_disability"),
        lambda it: "FINDING_WORK" in it["purposes"] and it["severe_disability"],
    ),
    ("SCHOOL", _DISABLED, _aim("SCHOOL")),
    ("STUDY", _DISABLED, _aim("STUDY")),
    ("RELIEF_AMOUNT", _AT_HOME, _care(1, 1)),
    ("RELIEF_AND_CONVERSION", _AT_HOME, _care(2, 5)),
    ("CARE_SERVICE", _AT_HOME, _care(2, 5)),
    ("CARE_ALLOWANCE", _AT_HOME, _care(2, 5)),
    ("FLAT_AMOUNT", _AT_HOME, _housed(2)),
    ("ASSISTANCE", _DISABLED, _aim("EVERYDAY")),
    ("CARE_WITHIN_ASSISTANCE", _ASSISTED, _e9),
    (
        "CARE_IN_SPECIAL_HOUSING",
        (*_DISABLED, *_AT_HOME),
        lambda it: _aim("EVERYDAY")(it) and _housed(1)(it),
    ),
    ("PARENTING", _DISABLED, _aim("PARENTING")),
    ("VOLUNTEERING", _DISABLED, _aim("VOLUNTEERING")),
    ("TRAVEL", _DISABLED, _aim("TRAVEL")),
    ("HOSPITAL", _DISABLED, _aim("HOSPITAL")),
    ("HELP_TO_CARE", _ASSISTED, _e10),
    ("APPLICATION_PENDING", ("pending",), lambda it: it["pending"]),
    (
        "NOBODY_YET",
        ("care_grade", "disability", "severe_disability", "cause"),
        lambda it: (
            it["care_grade"] == 0
            and not it["disability"]
            and not it["severe_disability"]
            and it["cause"] == "NONE"
        ),
    ),
)
# The ways to take a benefit come before what one pays oneself, and hang on all benefits.
WAYS: Mapping[str, str] = {"BUDGET": "EMPLOY", "SERVICE": "SERVICE"}
_ONESELF = ("APPLICATION_PENDING", "NOBODY_YET")
BENEFITS = tuple(row[0] for row in TABLE if row[0] not in _ONESELF)
ORDER = (*BENEFITS, *WAYS, *_ONESELF)


def purposes_of(code: str) -> tuple[frozenset[str], ...]:
    """The purposes that tell a row's cases apart: its own, another one, and both."""
    own = code if code in PURPOSES else "EVERYDAY"
    own = "WORK" if code == "WORK_ASSISTANCE" else own
    other = "CARE" if own != "CARE" else "WORK"
    return frozenset({own}), frozenset({other}), frozenset({own, other})


def values_of(fact: str, code: str) -> tuple[Any, ...]:
    """Everything that a fact can be, as far as a row can tell it apart."""
    return purposes_of(code) if fact == "purposes" else VALUES[fact]


def answers(code: str, facts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every combination of what can be said of a row's facts; None is nothing."""
    for values in product(*((None, *values_of(fact, code)) for fact in facts)):
        yield dict(zip(facts, values, strict=True))


def completions(code: str, said: Values) -> Iterator[dict[str, Any]]:
    """Whatever could be the case after what was said."""
    open_facts = [fact for fact, value in said.items() if value is None]
    for values in product(*(values_of(fact, code) for fact in open_facts)):
        yield {**said, **dict(zip(open_facts, values, strict=True))}


def judged(row: Row, said: Values) -> tuple[bool | None, set[str]]:
    """Yes, no, or None; and the facts of which a single one could turn it."""
    code, _facts, holds = row
    cases = [*completions(code, said)]
    results = {holds(each) for each in cases}
    if len(results) == 1:
        return results.pop(), set()
    turning = {
        fact
        for fact, value in said.items()
        if value is None
        and any(
            holds(each) != holds({**each, fact: other})
            for each in cases
            for other in values_of(fact, code)
        )
    }
    return None, turning
