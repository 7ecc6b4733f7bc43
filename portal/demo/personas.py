"""The people to try the portal with: one per role, with fixed addresses and one password."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.user import Employment
from domain.viewer import Role

PASSWORD = "Leine-Solling-Harz-2026"  # noqa: S105  the demo is public, and so is its password
DOMAIN = "assistenz-portal.example"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whom a visitor of the demo can be."""

    key: str
    role: Role
    first_name: str
    last_name: str
    municipality: str
    employment: Employment | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key.replace('_', '-')}@{DOMAIN}"


SEEKER = Persona("seeker", Role.SEEKER, "Renate", "Hoffmann", "Northeim")
ASSISTANT = Persona("assistant", Role.ASSISTANT, "Jonas", "Weber", "Northeim", Employment.EMPLOYED)
SELF_EMPLOYED = Persona(
    "self_employed", Role.ASSISTANT, "Aylin", "Demir", "Einbeck", Employment.SELF_EMPLOYED
)
COORDINATOR = Persona("coordinator", Role.COORDINATOR, "Katrin", "Brandt", "Northeim")
REPRESENTATIVE = Persona("representative", Role.REPRESENTATIVE, "Ute", "Hoffmann", "Northeim")
CUSTOMER_SERVICE = Persona(
    "customer_service", Role.CUSTOMER_SERVICE, "Michael", "Ahrens", "Northeim"
)
ADMINISTRATION = Persona("administration", Role.ADMINISTRATION, "Sabine", "Lange", "Northeim")

ALL = (
    SEEKER,
    REPRESENTATIVE,
    ASSISTANT,
    SELF_EMPLOYED,
    COORDINATOR,
    CUSTOMER_SERVICE,
    ADMINISTRATION,
)

PERSONAS: tuple[Mapping[str, str], ...] = tuple(
    {
        "key": persona.key,
        "name": f"{persona.first_name} {persona.last_name}",
        "role": persona.role.value,
        "email": persona.email,
        "password": PASSWORD,
    }
    for persona in ALL
)
"""The same for the start page and the command line."""
