"""The catalogue of activities: what somebody may ask for and what somebody may offer.

Codes are stable. An entry is never deleted, only retired, so that old orders stay readable; labels
stand in `notifications/languages/*/activities.toml`. The flags are the catalogue's own statement of
who may pay for an activity and who may carry it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from domain.errors import ActivityUnknown


class Flag(StrEnum):
    """What an activity means for payment and for who may do it."""

    CARE_FUND = "C"  # may be paid as a recognised offer (Pflegekasse, § 45a SGB XI)
    INTEGRATION = "E"  # Eingliederungshilfe, § 78 SGB IX
    BODY_NEAR = "B"  # never by neighbourhood helpers
    QUALIFIED = "Q"  # qualified assistance: needs a Fachkraft, § 78 Abs. 2 SGB IX
    OTHER_PAYER = "W"  # work or school pays
    SENSITIVE = "S"


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the catalogue; `group` is the code's first three letters."""

    code: str
    group: str
    flags: frozenset[Flag]
    retired: bool = False


_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "HAU": (
        "CE",
        (
            "EINKAUFEN",
            "KOCHEN",
            "WOHNUNG_REINIGEN",
            "WAESCHE",
            "AUFRAEUMEN",
            "BLUMEN_UND_HAUSTIERE",
            "KLEINE_HANDGRIFFE",
            "GARTEN",
        ),
    ),
    "BEG": (
        "CE",
        (
            "ARZT_UND_THERAPIE",
            "BEHOERDE",
            "BANK",
            "SPAZIERGANG",
            "BESUCH",
            "GOTTESDIENST",
            "FRIEDHOF",
        ),
    ),
    "FAH": ("CE", ("EIGENES_AUTO", "BUS_UND_BAHN", "ROLLSTUHL", "WEG_TRAINING")),
    "FRE": (
        "CE",
        ("KINO", "KONZERT", "SPORT", "VEREIN", "AUSFLUG", "URLAUB", "HOBBY", "SPIELE"),
    ),
    "SOZ": ("CE", ("GESELLSCHAFT", "GESPRAECHE", "KONTAKTE", "TELEFONIEREN")),
    "KOM": (
        "CE",
        (
            "VORLESEN",
            "SCHREIBEN",
            "UNTERSTUETZTE_KOMMUNIKATION",
            "GEBAERDEN",
            "LEICHTE_SPRACHE",
            "SPRACHMITTLUNG",
        ),
    ),
    "SCH": ("CE", ("POST", "ANTRAEGE", "TERMINE", "ABLAGE", "HANDY_UND_COMPUTER")),
    "TAG": ("EQ", ("TAG_PLANEN", "ERINNERN", "UEBEN", "HAUSHALTS_TRAINING")),
    "BET": (
        "CE",
        ("ANWESENHEIT", "DEMENZ_BEGLEITUNG", "ENTLASTUNG_ANGEHOERIGER", "NACHT_BEREITSCHAFT"),
    ),
    "GRU": (
        "BSE",
        ("WASCHEN", "AN_UND_AUSKLEIDEN", "TOILETTE", "ESSEN_REICHEN", "UMSETZEN", "LAGERN"),
    ),
    "MED": ("ES", ("MEDIKAMENTE_ERINNERN", "VERORDNUNG_UMSETZEN")),
    "ELT": ("E", ("KIND_VERSORGEN", "WEGE_MIT_KIND")),
    "ARB": ("W", ("HANDREICHUNGEN", "VORLESEN", "WEGE", "DIENSTREISE")),
    "BIL": ("WE", ("SCHULBEGLEITUNG", "MITSCHREIBEN", "WEGE", "PRUEFUNG")),
    "EHR": ("E", ("EIGENES_EHRENAMT",)),
    "KRH": ("E", ("VERTRAUTE_PERSON",)),
    "NOT": ("E", ("ANSPRECHPERSON_AUF_ABRUF",)),
}

_EXTRA_FLAGS: Mapping[str, str] = {"FAH_WEG_TRAINING": "Q"}

_RETIRED: frozenset[str] = frozenset()


def _catalogue() -> dict[str, Activity]:
    entries = (
        (f"{group}_{name}", group, flags)
        for group, (flags, names) in _GROUPS.items()
        for name in names
    )
    return {
        code: Activity(
            code=code,
            group=group,
            flags=frozenset(Flag(letter) for letter in flags + _EXTRA_FLAGS.get(code, "")),
            retired=code in _RETIRED,
        )
        for code, group, flags in entries
    }


CATALOGUE: Mapping[str, Activity] = MappingProxyType(_catalogue())
"""Every activity by its code, in the order in which people read them."""

GROUPS: tuple[str, ...] = tuple(_GROUPS)


@cache
def permitted(*, volunteer: bool, fachkraft: bool) -> frozenset[str]:
    """What an assistant may carry out, whatever is offered: the flags decide.

    Volunteers do nothing body-near; qualified assistance needs a Fachkraft, proven.
    """
    barred = {Flag.BODY_NEAR} if volunteer else set()
    if not fachkraft:
        barred.add(Flag.QUALIFIED)
    return frozenset(code for code, entry in CATALOGUE.items() if not entry.flags & barred)


def known(codes: Iterable[str], *, field: str = "activities") -> frozenset[str]:
    """The given codes as a set, each once.

    Raises:
        ActivityUnknown: a code is not in the catalogue, or it is retired.
    """
    chosen = frozenset(codes)
    if not all(code in CATALOGUE and not CATALOGUE[code].retired for code in chosen):
        raise ActivityUnknown(field=field)
    return chosen
