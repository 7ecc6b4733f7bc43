"""What the demo consists of, as plain values before they become rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from domain.recognition import Recognition
from domain.user import Employment, Payer
from domain.viewer import Role


class Stage(IntEnum):
    """How far an account has come; each stage includes the ones before."""

    REGISTERED = 0
    CONFIRMED = 1
    TALKED = 2
    CHECKED = 3
    RELEASED = 4


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an address to sign in with."""

    id: UUID
    email: str
    role: Role
    stage: Stage
    registered_at: datetime
    first_name: str
    last_name: str
    phone: str | None
    mobile: str | None
    street: str
    postcode: str
    municipality: str


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """An organisation, the municipalities it serves by name, and what it offers."""

    id: UUID
    name: str
    introduction: str
    email: str
    phone: str
    municipalities: tuple[str, ...]
    activities: tuple[str, ...]
    recognitions: tuple[Recognition, ...]


@dataclass(frozen=True, slots=True)
class DemoAssistant:
    """An assistant; self-employed ones have no provider."""

    account: Account
    introduction: str
    employment: Employment
    provider_id: UUID | None
    languages: str
    week: bytes
    latitude: float
    longitude: float
    radius_km: int
    has_car: bool
    activities: tuple[str, ...]
    qualities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoSeeker:
    """A seeker, with what was said in the introductory talk."""

    account: Account
    introduction: str
    week: bytes
    needs: tuple[str, ...]
    care_grade: int
    payer: Payer


@dataclass(frozen=True, slots=True)
class DemoCoordinator:
    """Somebody who speaks for a provider."""

    account: Account
    provider_id: UUID


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody in the demo district."""

    providers: tuple[DemoProvider, ...]
    assistants: tuple[DemoAssistant, ...]
    seekers: tuple[DemoSeeker, ...]
    coordinators: tuple[DemoCoordinator, ...]
    staff: tuple[Account, ...]
    representatives: tuple[Account, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account once, staff first."""
        return (
            *self.staff,
            *(person.account for person in self.coordinators),
            *(person.account for person in self.assistants),
            *(person.account for person in self.seekers),
            *self.representatives,
        )
