"""Who asks: the viewer that every service takes first and every query is narrowed to."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is in the portal. One person has one role.

    Representatives have an account for one purpose: to act for others who asked them to.
    """

    ANONYMOUS = "ANONYMOUS"
    SEEKER = "SEEKER"
    ASSISTANT = "ASSISTANT"
    COORDINATOR = "COORDINATOR"
    REPRESENTATIVE = "REPRESENTATIVE"
    CUSTOMER_SERVICE = "CUSTOMER_SERVICE"
    ADMINISTRATION = "ADMINISTRATION"
    SYSTEM = "SYSTEM"


STAFF = frozenset({Role.CUSTOMER_SERVICE, Role.ADMINISTRATION})


class AccountState(StrEnum):
    """Where an account stands on its way; `domain.states.ACCOUNT` says which way leads where."""

    DRAFT = "DRAFT"
    REGISTERED = "REGISTERED"
    RELEASED = "RELEASED"
    SUSPENDED = "SUSPENDED"
    DELETION_REQUESTED = "DELETION_REQUESTED"
    ERASED = "ERASED"


# Roles that people register in; everybody else is staff.
REGISTERING = (Role.SEEKER, Role.ASSISTANT, Role.COORDINATOR, Role.REPRESENTATIVE)
# Roles that find each other: the two sides of a match, and a provider's assistant on one of them.
PARTIES = (Role.SEEKER, Role.ASSISTANT, Role.COORDINATOR)
# Accounts that are there and not about to be erased.
STAYING = (AccountState.REGISTERED, AccountState.RELEASED, AccountState.SUSPENDED)


class DelegationKind(StrEnum):
    """Why somebody acts for another."""

    GUARDIAN = "GUARDIAN"  # rechtliche Betreuung (§§ 1814 ff. BGB), parents, power of attorney
    RELATIVE = "RELATIVE"
    TRUSTED_PERSON = "TRUSTED_PERSON"
    CUSTOMER_SERVICE = "CUSTOMER_SERVICE"  # for those who registered by telephone


@dataclass(frozen=True, slots=True)
class Acting:
    """That the one who asks acts for another: who sits at the keyboard, why, and by which right."""

    actor_id: UUID
    kind: DelegationKind
    delegation_id: UUID


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, with everything that rights depend on.

    `weak` is a session without the second factor that its role has to have: it has no state, so
    that whatever asks for a released account refuses it. Who `owes` has not agreed to a present
    text, and writes nothing before. Who `leads` may decide for the provider, not only speak for it.
    With `acting` everything else tells of the principal, who is acted for.
    """

    id: UUID | None
    role: Role
    state: AccountState | None = None
    provider_id: UUID | None = None
    session_id: UUID | None = None
    weak: bool = False
    owes: bool = False
    leads: bool = False
    acting: Acting | None = None

    @property
    def actor_id(self) -> UUID | None:
        """Who really does it."""
        return self.acting.actor_id if self.acting else self.id

    @property
    def principal_id(self) -> UUID | None:
        """For whom it is done; None if for nobody else."""
        return self.id if self.acting else None

    @property
    def is_staff(self) -> bool:
        """Customer service and administration, as long as they are released."""
        return self.role in STAFF and self.is_released

    @property
    def is_released(self) -> bool:
        """Released accounts may create orders, see profiles and answer orders."""
        return self.state is AccountState.RELEASED

    @property
    def speaks_for(self) -> UUID | None:
        """The provider that a released coordinator speaks for; None for everybody else."""
        if self.role is not Role.COORDINATOR or not self.is_released:
            return None
        return self.provider_id

    @property
    def decides_for(self) -> UUID | None:
        """The provider that a released coordinator decides for; None for everybody else."""
        return self.speaks_for if self.leads else None


ANONYMOUS = Viewer(id=None, role=Role.ANONYMOUS)
SYSTEM = Viewer(id=None, role=Role.SYSTEM, state=AccountState.RELEASED)
