"""What payers depend on: the answers of the introductory talk, and conditions on them."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.financing.asked import CareInsurance, Cause, Housing, ModelWish, Purpose
from domain.financing.three_valued import Finding, either, every, negated, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Answers of the introductory talk; None for what was not said.

    `care_grade` is 0 for none. `disability` is a substantial one (§ 99 SGB IX), `severe_disability`
    its recognised status. `assistance_before` says that Eingliederungshilfe was received before
    pension age, `pending` that an application waits for its decision.
    """

    cause: Cause | None = None
    care_grade: int | None = None
    disability: bool | None = None
    severe_disability: bool | None = None
    pension_age: bool | None = None
    assistance_before: bool | None = None
    purposes: frozenset[Purpose] | None = None
    insurance: CareInsurance | None = None
    beihilfe: bool | None = None
    housing: Housing | None = None
    subsistence: bool | None = None
    wish: ModelWish | None = None
    pending: bool | None = None


Condition = Callable[[Situation], Finding]


def caused_by(cause: Cause) -> Condition:
    """The need comes from it."""
    return lambda said: told("CAUSE", said.cause, lambda each: each is cause)


def purpose_is(purpose: Purpose) -> Condition:
    """It is among the purposes; an empty list of them is no answer."""
    return lambda said: told("PURPOSES", said.purposes or None, lambda each: purpose in each)


def grade_within(least: int, most: int) -> Condition:
    """The care grade lies within, both ends included."""
    return lambda said: told("CARE_GRADE", said.care_grade, lambda each: least <= each <= most)


def lives_in(housing: Housing) -> Condition:
    """One lives there."""
    return lambda said: told("HOUSING", said.housing, lambda each: each is housing)


def wishes_for(wish: ModelWish) -> Condition:
    """One wishes for this model."""
    return lambda said: told("WISH", said.wish, lambda each: each is wish)


def disabled(said: Situation) -> Finding:
    """A substantial disability, § 99 SGB IX."""
    return told("DISABILITY", said.disability, bool)


def severely_disabled(said: Situation) -> Finding:
    """A recognised severe disability."""
    return told("SEVERE_DISABILITY", said.severe_disability, bool)


def all_of(*conditions: Condition) -> Condition:
    """Each of them holds."""
    return lambda said: every(*(each(said) for each in conditions))


def any_of(*conditions: Condition) -> Condition:
    """One of them holds."""
    return lambda said: either(*(each(said) for each in conditions))


def everyday_assistance(said: Situation) -> Finding:
    """A substantial disability, and everyday life as the aim."""
    return every(disabled(said), purpose_is(Purpose.EVERYDAY)(said))


def assisted_in_time(said: Situation) -> Finding:
    """§ 103 Abs. 2: not yet of pension age, or Eingliederungshilfe already before it."""
    return either(
        told("PENSION_AGE", said.pension_age, lambda each: not each),
        told("ASSISTANCE_BEFORE", said.assistance_before, bool),
    )


_in_special_housing = lives_in(Housing.SPECIAL_HOUSING)


def care_outside_assistance(said: Situation) -> Finding:
    """§ 103: care alone, in a care facility, or Eingliederungshilfe that began too late.

    In a besondere Wohnform it includes the care there, whenever it began.
    """
    too_late = every(negated(assisted_in_time(said)), negated(_in_special_housing(said)))
    return every(
        grade_within(1, 5)(said),
        either(
            negated(everyday_assistance(said)),
            too_late,
            lives_in(Housing.CARE_FACILITY)(said),
        ),
    )


def nobody_yet(said: Situation) -> Finding:
    """Neither a care grade nor a disability, and no cause for which somebody else pays."""
    return every(
        grade_within(0, 0)(said),
        negated(disabled(said)),
        negated(severely_disabled(said)),
        caused_by(Cause.NONE)(said),
    )


def application_pending(said: Situation) -> Finding:
    """An application waits for its decision."""
    return told("PENDING", said.pending, bool)
