"""The domain's enumerations as the graph names and describes them, value by value."""

from collections.abc import Mapping
from enum import Enum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from schema.enums import (
    advice_centre,
    appointment,
    busy,
    care_insurance,
    consent,
    contract,
    conversation,
    delegation,
    evidence,
    financing,
    form,
    funding,
    match,
    meeting,
    notification,
    order,
    payers,
    provider,
    report,
    suspension,
    talk,
    timeline,
    user,
)


def described(enum: type[Enum], description: str, values: Mapping[str, str]) -> None:
    """Make an enumeration one of the graph's, with a sentence for each value.

    Raises:
        KeyError: a value has no sentence.
    """
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]  # set by the line above
    for value in definition.values:
        value.description = values[value.name]


for _nouns in (
    advice_centre,
    appointment,
    meeting,
    busy,
    care_insurance,
    consent,
    contract,
    conversation,
    delegation,
    evidence,
    financing,
    form,
    funding,
    match,
    notification,
    order,
    payers,
    provider,
    report,
    suspension,
    talk,
    timeline,
    user,
):
    for _enum, (_description, _values) in _nouns.ENUMS.items():
        described(_enum, _description, _values)
