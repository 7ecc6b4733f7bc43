"""Advice centres in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.advice_centre import AdviceKind

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    AdviceKind: (
        "What an advice centre is there for.",
        {
            "TEILHABEBERATUNG": "Independent and by peers (EUTB), § 32 SGB IX.",
            "PFLEGESTUETZPUNKT": "About care, § 7c SGB XI.",
            "TRAEGER": "The office that decides about Eingliederungshilfe, § 106 SGB IX.",
        },
    ),
}
