"""The catalogue of qualities: what an assistant is like or can do, and an order may ask for.

An order asks for a quality as a must (a hard rule of matching) or as a wish (a higher place).
Codes are stable; entries are retired, never deleted; labels stand in
`notifications/languages/*/qualities.toml`. What windows, distance and introduction say better
(weekends, nearness, interests) is no quality, and neither is the age
(docs/decisions/0035-qualities.md).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.activity import CATALOGUE as ACTIVITIES
from domain.activity import Flag
from domain.errors import DomainError, QualityNeedsReason, QualityUnknown


class Source(StrEnum):
    """Where it is known from that somebody has a quality."""

    STATED = "STATED"  # the person says so
    PROFILE = "PROFILE"  # it follows from the profile
    EVIDENCE = "EVIDENCE"  # somebody has seen a proof


@dataclass(frozen=True, slots=True)
class Quality:
    """One entry; `group` is the code's first three letters.

    `protected` ones (§ 1 AGG) may be asked for with a reason only, and no explanation names them.
    `sensitive` ones say something of whoever asks (a language, a gender, a religion, experience
    with a disability or illness): nobody reads them in an explanation before having said yes.
    """

    code: str
    group: str
    source: Source
    protected: bool = False
    sensitive: bool = False
    retired: bool = False


_S, _P, _E = Source.STATED, Source.PROFILE, Source.EVIDENCE
_GROUPS: Mapping[str, tuple[tuple[Source, tuple[str, ...]], ...]] = {
    "SPR": ((_P, ("DE", "EN", "TR", "PL", "RU", "UK", "AR")), (_S, ("GEBAERDEN",))),
    "MOB": ((_P, ("AUTO",)), (_S, ("FUEHRERSCHEIN",))),
    "ALL": ((_S, ("NICHTRAUCHER", "TIERE", "KRAEFTIG", "KURZFRISTIG")),),
    "ERF": ((_S, ("DEMENZ", "AUTISMUS", "ROLLSTUHL", "SEHEN", "HOEREN", "GEISTIG", "PSYCHISCH")),),
    "ART": ((_S, ("RUHIG", "GESPRAECHIG", "PUENKTLICH", "HUMORVOLL", "GEDULDIG", "TECHNIK")),),
    "QUA": ((_E, ("SCHULUNG_45A", "PFLEGEKURS_45", "FACHKRAFT", "ERSTE_HILFE")),),
    "GES": ((_S, ("FRAU", "MANN")),),
}
_PROTECTED_GROUPS = frozenset({"GES"})
_SENSITIVE_GROUPS = frozenset({"SPR", "ERF", "GES"})
_RETIRED: frozenset[str] = frozenset()

# What hardly anybody is at once. Who is both may state both, and is then found by either.
EXCLUSIVE: tuple[tuple[str, str], ...] = (("GES_FRAU", "GES_MANN"),)

FACHKRAFT = "QUA_FACHKRAFT"
CAR = "MOB_AUTO"


def _catalogue() -> dict[str, Quality]:
    entries = (
        (f"{group}_{name}", group, source)
        for group, parts in _GROUPS.items()
        for source, names in parts
        for name in names
    )
    return {
        code: Quality(
            code,
            group,
            source,
            protected=group in _PROTECTED_GROUPS,
            sensitive=group in _SENSITIVE_GROUPS,
            retired=code in _RETIRED,
        )
        for code, group, source in entries
    }


CATALOGUE: Mapping[str, Quality] = MappingProxyType(_catalogue())
"""Every quality by its code, in the order in which people read them."""

GROUPS: tuple[str, ...] = tuple(_GROUPS)


def known(codes: Iterable[str], *, field: str = "qualities") -> frozenset[str]:
    """The given codes as a set, each once.

    Raises:
        QualityUnknown: a code is not in the catalogue, or it is retired.
    """
    chosen = frozenset(codes)
    if not all(code in CATALOGUE and not CATALOGUE[code].retired for code in chosen):
        raise QualityUnknown(field=field)
    return chosen


def stated(codes: Iterable[str], *, field: str = "qualities") -> frozenset[str]:
    """As `known`, for what people say of themselves.

    Raises:
        QualityUnknown: as `known`, or one that follows from the profile or needs a proof.
    """
    chosen = known(codes, field=field)
    if not all(CATALOGUE[code].source is Source.STATED for code in chosen):
        raise QualityUnknown(field=field)
    return chosen


def at_odds(must: Collection[str]) -> list[tuple[str, str]]:
    """The pairs among the musts of an order that hardly anybody has together."""
    return [pair for pair in EXCLUSIVE if all(code in must for code in pair)]


def of_profile(languages: str, *, has_car: bool) -> frozenset[str]:
    """The qualities that a profile's languages (codes with blanks between) and car say."""
    spoken = {f"SPR_{code.upper()}" for code in languages.split()}
    return frozenset(spoken & CATALOGUE.keys()) | ({CAR} if has_car else frozenset())


def refusals(
    asked: Iterable[str],
    activities: Iterable[str],
    *,
    personal_reason: bool,
    field: str = "qualities",
) -> Iterable[DomainError]:
    """The refusal of a protected quality without a reason (§ 20 AGG); none for all others.

    Body-near help is a reason by itself; else the person says that there is one, and not which.
    """
    body_near = any(Flag.BODY_NEAR in ACTIVITIES[code].flags for code in activities)
    if not body_near and not personal_reason and any(CATALOGUE[code].protected for code in asked):
        yield QualityNeedsReason(field=field)
