"""Calculations as the graph shows them: one type for all calculators, codes beside texts."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import strawberry

from domain.errors import DomainError
from domain.financing.calculation import Amount, Operation, Origin, Rounding, Step
from domain.financing.calculation import Calculation as Found
from domain.financing.link import token_of
from domain.financing.parameter import Confidence, Parameter, Unit
from domain.financing.reading import AmountReading
from domain.financing.where_to_ask import kinds_for_calculation
from notifications import calculation as words
from notifications.language import Language
from schema.advice_centre import AdviceCentre, Postcode, centres_of
from schema.context import Info
from schema.disclosed import disclosed
from schema.refusal import Refusals, refusal

T = TypeVar("T")


@disclosed
@strawberry.type(description="A number that goes into a step.")
class CalculationOperand:
    """Beside its name."""

    code: str = strawberry.field(description="The fact, the figure or the step before.")
    label: str = strawberry.field(description="What it is called.")
    value: Decimal = strawberry.field(description="The exact number, as text.")
    text: str = strawberry.field(description="The number with its unit, as it is written.")
    unit: Unit = strawberry.field(description="What it counts.")
    origin: Origin = strawberry.field(description="Where it comes from.")


@disclosed
@strawberry.type(description="One line of the working, as one looks at a bill.")
class CalculationStep:
    """Can be done again from its operands."""

    code: str = strawberry.field(description="Which one.")
    title: str = strawberry.field(description="What is worked out.")
    operation: Operation = strawberry.field(description="What is done with the operands, in order.")
    formula: str = strawberry.field(description="What is done, in numbers.")
    formula_in_words: str = strawberry.field(
        description="The same, each number with what it is called."
    )
    operands: list[CalculationOperand] = strawberry.field(description="What goes in.")
    amount: Decimal = strawberry.field(description="What comes out, after rounding, as text.")
    text: str = strawberry.field(description="The same with its unit, as it is written.")
    unit: Unit = strawberry.field(description="What it counts.")
    rounding: Rounding = strawberry.field(description="How it is rounded.")
    paragraph: str = strawberry.field(
        description="Where the law says so; empty for plain arithmetic with what was said."
    )
    outcome: str | None = strawberry.field(description="The code of what was decided by it.")
    outcome_label: str | None = strawberry.field(description="What was decided, in words.")
    note: str | None = strawberry.field(description="What is easy to get wrong here.")


@disclosed
@strawberry.type(description="A figure of the law that was used, and how long it holds.")
class CalculationFigure:
    """Vouched for on the day of `verifiedOn`, or for its whole span if the law ends it itself."""

    code: str = strawberry.field(description="Which one.")
    label: str = strawberry.field(description="What it is called.")
    value: Decimal = strawberry.field(description="The exact number, as text.")
    text: str = strawberry.field(description="The number with its unit, as it is written.")
    unit: Unit = strawberry.field(description="What it counts.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_to: date | None = strawberry.field(description="The last day; null while open.")
    paragraph: str = strawberry.field(description="Where the law says so.")
    verified_on: date = strawberry.field(description="When it was looked up.")
    source: str = strawberry.field(description="Where it was looked up.")
    confidence: Confidence = strawberry.field(description="How sure we are.")


@disclosed
@strawberry.type(description="Something to know about a calculation.")
class CalculationNote:
    """An assumption, a missing fact, a warning."""

    code: str = strawberry.field(description="Stable, for programs.")
    text: str = strawberry.field(description="In the reader's language.")


@disclosed
@strawberry.type(
    description="What a calculator has found, with everything that it rests on. It orients and"
    " decides nothing; nothing of it is stored."
)
class Calculation:
    """The same for every calculator."""

    kind: str = strawberry.field(description="Which calculator.")
    title: str = strawberry.field(description="What was calculated.")
    amount: Decimal = strawberry.field(description="The result, as text.")
    text: str = strawberry.field(
        description="The result with its unit as it is to be read, such as `at most …`."
    )
    reading: AmountReading = strawberry.field(description="The same as a code.")
    unit: Unit = strawberry.field(description="What it counts.")
    least: Decimal | None = strawberry.field(
        description="Where the law leaves a span open: its lower end; `amount` is the upper one."
    )
    least_text: str | None = strawberry.field(description="The same with its unit.")
    as_of: date = strawberry.field(description="The day whose law was used.")
    version: str = strawberry.field(description="The version of all figures.")
    steps: list[CalculationStep] = strawberry.field(description="The working, line by line.")
    figures: list[CalculationFigure] = strawberry.field(description="Figures of the law used.")
    reasons: list[CalculationNote] = strawberry.field(
        description="Why it is as it is, where no step says so."
    )
    assumptions: list[CalculationNote] = strawberry.field(description="What was taken as given.")
    missing: list[CalculationNote] = strawberry.field(
        description="Facts that were not said and could change the result."
    )
    warnings: list[CalculationNote] = strawberry.field(description="What to be careful about.")
    disclaimer: str = strawberry.field(description="That this decides nothing.")
    where_to_ask: str = strawberry.field(description="Who advises, and who decides.")
    found: strawberry.Private[Found]
    said: strawberry.Private[Any]

    @strawberry.field(
        description="For a link, only if somebody asks for one: holds what was said and what came"
        " out, readable for whoever has it, signed and stored nowhere. Put it behind the # of an"
        " address: that part is not sent to any server."
    )
    def share_token(self, info: Info) -> str:
        """Made when it is asked for."""
        return token_of(self.found, self.said, info.context.keys)

    @strawberry.field(
        description="Those of the district that advise about it, a few of each kind, the"
        " independent ones first. The postcode is kept nowhere, and not in the token of a link."
        " Null only where it is refused: the calculation stays."
    )
    async def advice_centres(
        self, info: Info, postcode: Postcode = None
    ) -> list[AdviceCentre] | None:
        """Read when they are asked for, once for all calculations of an operation."""
        return await centres_of(info, postcode, kinds_for_calculation(self.kind))


CalculationPayload = Annotated[
    Calculation | Refusals,
    strawberry.union("CalculationPayload", description="What was calculated, or a refusal."),
]


def found_or_refused(info: Info, work: Callable[[], T]) -> T | Refusals:
    """What a calculator finds, or what it refuses, in the reader's language."""
    try:
        return work()
    except DomainError as error:
        return refusal(error, info.context.language)


def calculation_of(found: Found, said: Any, language: Language) -> Calculation:
    """As the graph shows it, in the reader's language."""
    result, least = found.amount, found.least
    return Calculation(
        kind=found.kind,
        title=words.word("kind", found.kind, language),
        amount=result.value,
        text=words.result(result.value, result.unit, found.reading, language),
        reading=found.reading,
        unit=result.unit,
        least=least and least.value,
        least_text=least and words.quantity(least.value, least.unit, language),
        as_of=found.as_of,
        version=found.version,
        steps=steps_of(found, language),
        figures=[_figure(each, language) for each in found.figures],
        reasons=notes_of("reason", found.reasons, language),
        assumptions=notes_of("assumption", found.assumptions, language),
        missing=notes_of("missing", found.missing, language),
        warnings=notes_of("warning", found.warnings, language),
        disclaimer=words.word("disclaimer", "ALL", language),
        where_to_ask=words.word("where_to_ask", found.kind, language),
        found=found,
        said=said,
    )


def steps_of(found: Found, language: Language) -> list[CalculationStep]:
    """The working alone, for numbers that are part of something else."""
    return [_step(each, language) for each in found.steps]


def _step(step: Step, language: Language) -> CalculationStep:
    result = step.result
    return CalculationStep(
        code=step.name,
        title=words.word("step", step.name, language),
        operation=step.operation,
        formula=words.formula(step, language),
        formula_in_words=words.formula_in_words(step, language),
        operands=[_operand(each, language) for each in step.operands],
        amount=result.value,
        text=words.quantity(result.value, result.unit, language),
        unit=result.unit,
        rounding=step.rounding,
        paragraph=step.paragraph,
        outcome=step.outcome,
        outcome_label=step.outcome and words.word("outcome", step.outcome, language),
        note=words.note(step.name, language),
    )


def _operand(amount: Amount, language: Language) -> CalculationOperand:
    return CalculationOperand(
        code=amount.name,
        label=words.label(amount, language),
        value=amount.value,
        text=words.quantity(amount.value, amount.unit, language),
        unit=amount.unit,
        origin=amount.origin,
    )


def _figure(figure: Parameter, language: Language) -> CalculationFigure:
    return CalculationFigure(
        code=figure.name,
        label=words.word("figure", figure.name, language),
        value=figure.value,
        text=words.quantity(figure.value, figure.unit, language),
        unit=figure.unit,
        valid_from=figure.valid_from,
        valid_to=figure.valid_to,
        paragraph=figure.paragraph,
        verified_on=figure.verified_on,
        source=figure.source,
        confidence=figure.confidence,
    )


def notes_of(section: str, codes: Iterable[str], language: Language) -> list[CalculationNote]:
    """Codes with their words, by the section of their sort such as "warning"."""
    return [CalculationNote(code=code, text=words.word(section, code, language)) for code in codes]
