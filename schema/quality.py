"""Qualities: what assistants are like or can do, and what orders ask for."""

from functools import cache

import strawberry

from domain.quality import CATALOGUE, Source, at_odds
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed
from schema.plan.declare import Scalar

_MUST = "!"


@disclosed
@strawberry.type(description="Something that somebody is like or can do.")
class Quality:
    """An entry of the catalogue."""

    code: str = strawberry.field(description="Stable.")
    label: str = strawberry.field(description="In the reader's language.")
    group: str = strawberry.field(description="The code of its group.")
    group_label: str = strawberry.field(description="The group in the reader's language.")
    needs_reason: bool = strawberry.field(
        description="Asked for with body-near help or a personal reason only."
    )
    stated: bool = strawberry.field(
        description="People say it of themselves; else it follows from the profile or a proof."
    )


@disclosed
@strawberry.type(description="A quality that an order asks for.")
class AskedQuality:
    """As a must or as a wish."""

    quality: Quality = strawberry.field(description="Which one.")
    must: bool = strawberry.field(
        description="Nobody without it is asked; a wish only decides who comes first."
    )


@disclosed
@strawberry.type(description="Two musts that hardly anybody has together.")
class QualityWarning:
    """A hint, never a refusal: a provider can send somebody all the same."""

    codes: list[str] = strawberry.field(description="The codes of both.")
    message: str = strawberry.field(description="What to do, in the reader's language.")


@cache
def quality(code: str, language: Language) -> Quality:
    """A quality by its code."""
    entry = CATALOGUE[code]
    return Quality(
        code=code,
        label=words.quality(code, language),
        group=entry.group,
        group_label=words.quality_group(entry.group, language),
        needs_reason=entry.protected,
        stated=entry.source is Source.STATED,
    )


def catalogue(language: Language) -> list[Quality]:
    """The qualities that can be chosen, in reading order; retired ones are left out."""
    return [quality(code, language) for code, entry in CATALOGUE.items() if not entry.retired]


@cache
def asked_quality(marked: str, language: Language) -> AskedQuality:
    """A code as `asked_codes` gives it."""
    code, must = asked_code(marked)
    return AskedQuality(quality=quality(code, language), must=must)


def asked_code(marked: str) -> tuple[str, bool]:
    """The code and whether it is a must, of a code as `asked_codes` gives it."""
    code = marked.removesuffix(_MUST)
    return code, code != marked


def quality_warnings(quality_codes: str, language: Language) -> list[QualityWarning]:
    """What an order asks for as musts and hardly anybody has together."""
    asked = (asked_code(marked) for marked in quality_codes.split())
    return [
        QualityWarning(codes=list(pair), message=words.at_odds(pair, language))
        for pair in at_odds({code for code, must in asked if must})
    ]


def asked_codes(link: str) -> Scalar:
    """The codes that an order asks for, sorted, with blanks between; a must is marked."""
    marked = f"quality_id || CASE WHEN must THEN '{_MUST}' ELSE '' END"
    ordered = f"array(SELECT {marked} FROM {{rows}} ORDER BY quality_id)"  # noqa: S608  our own words
    return Scalar(link, f"SELECT array_to_string({ordered}, ' ')")


def held_codes(link: str) -> Scalar:
    """The codes that somebody states, sorted, with blanks between."""
    ordered = "array(SELECT quality_id FROM {rows} ORDER BY quality_id)"
    return Scalar(link, f"SELECT array_to_string({ordered}, ' ')")
