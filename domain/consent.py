"""Acceptances and consents: which there are, who needs which, and which text counts now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ConsentMissing, ConsentOutdated, DomainError
from domain.viewer import Role


class ConsentKind(StrEnum):
    """What is accepted or consented to."""

    PRIVACY = "PRIVACY"  # Datenschutzerklärung
    WITHDRAWAL = "WITHDRAWAL"  # Widerrufsbelehrung
    TERMS = "TERMS"  # AGB
    PROCESSING = "PROCESSING"  # Bearbeitung der Daten
    HEALTH_DATA = "HEALTH_DATA"  # Art. 9 Abs. 2 Buchst. a DSGVO: separate and withdrawable


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agrees to a text of a version."""

    kind: ConsentKind
    version: int


# Raised with every change of a text in `notifications/languages/*/consents.toml`.
VERSIONS: Mapping[ConsentKind, int] = {**dict.fromkeys(ConsentKind, 1), ConsentKind.PRIVACY: 3}
WITHDRAWABLE = frozenset({ConsentKind.HEALTH_DATA})
_FOUR = (
    ConsentKind.PRIVACY,
    ConsentKind.WITHDRAWAL,
    ConsentKind.TERMS,
    ConsentKind.PROCESSING,
)
_NEEDED: Mapping[Role, tuple[ConsentKind, ...]] = {
    Role.SEEKER: (*_FOUR, ConsentKind.HEALTH_DATA),
    Role.ASSISTANT: (*_FOUR, ConsentKind.HEALTH_DATA),
    Role.COORDINATOR: _FOUR,
    Role.REPRESENTATIVE: _FOUR,
}


def needed(role: Role) -> tuple[ConsentKind, ...]:
    """What somebody in this role has to agree to; staff works for the district."""
    return _NEEDED.get(role, ())


def owed(role: Role, given: Iterable[Consent]) -> list[ConsentKind]:
    """What is still to be agreed to: never agreed, withdrawn, or to an older text."""
    held = {each.kind for each in given if VERSIONS.get(each.kind) == each.version}
    return [kind for kind in needed(role) if kind not in held]


def refusals(role: Role, given: Iterable[Consent]) -> Iterator[DomainError]:
    """One refusal per text that is not agreed to, or of which an older version was read."""
    versions = {each.kind: each.version for each in given}
    for kind in needed(role):
        if kind not in versions:
            yield ConsentMissing(field="consents", kind=kind.value)
        elif versions[kind] != VERSIONS[kind]:
            yield ConsentOutdated(field="consents", kind=kind.value)
