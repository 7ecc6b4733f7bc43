"""The three providers of the demo: what they are called, where they serve, what they offer."""

from dataclasses import dataclass

from domain.activity import CATALOGUE
from domain.recognition import Recognition


@dataclass(frozen=True, slots=True)
class Organisation:
    """A provider that does not exist. `share` is its part of the assistants."""

    name: str
    mail_name: str
    introduction: str
    municipalities: tuple[str, ...]
    groups: tuple[str, ...]
    recognitions: tuple[Recognition, ...]
    share: int

    @property
    def activities(self) -> tuple[str, ...]:
        """Every activity of its groups, in the catalogue's order."""
        return tuple(code for code, entry in CATALOGUE.items() if entry.group in self.groups)


ORGANISATIONS = (
    Organisation(
        name="Assistenzdienst Leinetal gGmbH",
        mail_name="leinetal",
        introduction=(
            "Wir begleiten seit 2009 Menschen mit Behinderung im Leinetal. Unsere "
            "Koordinations-Kräfte lernen Sie kennen und finden eine Assistenz-Kraft, die zu Ihnen "
            "passt."
        ),
        municipalities=(
            "Northeim",
            "Einbeck",
            "Moringen",
            "Nörten-Hardenberg",
            "Hardegsen",
            "Katlenburg-Lindau",
            "Kalefeld",
            "Dassel",
        ),
        groups=("HAU", "BEG", "FAH", "FRE", "SOZ", "KOM", "SCH", "TAG", "BET", "GRU", "MED", "KRH"),
        recognitions=(
            Recognition.INTEGRATION_ASSISTANCE,
            Recognition.CARE_SERVICE,
            Recognition.EVERYDAY_SUPPORT,
        ),
        share=5,
    ),
    Organisation(
        name="Nachbarschaft Solling e. V.",
        mail_name="solling",
        introduction=(
            "Wir sind ein Verein aus dem Solling. Bei uns helfen Menschen aus der Nachbarschaft, "
            "viele davon ehrenamtlich."
        ),
        municipalities=("Uslar", "Bodenfelde", "Dassel", "Hardegsen", "Moringen"),
        groups=("HAU", "BEG", "FAH", "FRE", "SOZ", "KOM", "SCH", "BET"),
        recognitions=(Recognition.EVERYDAY_SUPPORT,),
        share=3,
    ),
    Organisation(
        name="Harzvorland Teilhabe GmbH",
        mail_name="harzvorland",
        introduction=(
            "Wir unterstützen Sie zu Hause, in der Freizeit, bei der Arbeit und im Studium. Unsere "
            "Teams kennen die Wege rund um Bad Gandersheim."
        ),
        municipalities=("Bad Gandersheim", "Kalefeld", "Einbeck", "Northeim", "Katlenburg-Lindau"),
        groups=(
            "HAU",
            "BEG",
            "FAH",
            "FRE",
            "SOZ",
            "KOM",
            "SCH",
            "TAG",
            "GRU",
            "ELT",
            "ARB",
            "BIL",
            "EHR",
            "NOT",
        ),
        recognitions=(
            Recognition.INTEGRATION_ASSISTANCE,
            Recognition.EVERYDAY_SUPPORT,
            Recognition.WORK_AND_EDUCATION,
        ),
        share=3,
    ),
)
