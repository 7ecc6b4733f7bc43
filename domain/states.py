"""State machines as data: which action leads from which state to which, and who may do it.

The services read these tables for every change, `availableActions` draws from them, and the
migration copies their pairs into the database, whose trigger refuses every other pair.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.delegation import DELEGATES
from domain.viewer import REGISTERING, AccountState, Role


class OrderState(StrEnum):
    """Where an order stands, from the first draft to the end of the contract."""

    DRAFT = "DRAFT"
    RELEASED = "RELEASED"
    IN_PROGRESS = "IN_PROGRESS"
    REQUESTED = "REQUESTED"
    AWARDED = "AWARDED"
    MEETING_SET = "MEETING_SET"
    MEETING_HELD = "MEETING_HELD"
    CONTRACTED = "CONTRACTED"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class MatchState(StrEnum):
    """Where a match of one order and one acceptor stands."""

    SUGGESTED = "SUGGESTED"
    ACCEPTED = "ACCEPTED"
    ON_HOLD = "ON_HOLD"
    REQUESTED = "REQUESTED"
    AWARDED = "AWARDED"
    MEETING = "MEETING"
    CONTRACTED = "CONTRACTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class BookingState(StrEnum):
    """Where the booking of an introductory talk stands."""

    BOOKED = "BOOKED"
    CANCELLED = "CANCELLED"
    HELD = "HELD"
    MISSED = "MISSED"


class ApplicationState(StrEnum):
    """Where somebody stands with a provider whose people they want to be one of."""

    PREPARED = "PREPARED"  # until the address is confirmed
    INVITED = "INVITED"
    WAITING = "WAITING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


class DelegationState(StrEnum):
    """Where it stands that somebody may act for another."""

    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a machine: `action` leads from `source` to `target` for these `roles`."""

    action: str
    source: StrEnum
    target: StrEnum
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine over one table."""

    name: str
    table: str
    states: type[StrEnum]
    initial: frozenset[StrEnum]
    steps: tuple[Step, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action once, in the order of the table."""
        return tuple(dict.fromkeys(step.action for step in self.steps))

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every legal (from, to) pair: what the database's trigger lets through."""
        return frozenset((step.source.value, step.target.value) for step in self.steps)

    def step(self, action: str, state: str) -> Step | None:
        """The row for this action in this state, or None where it is illegal."""
        return next(
            (step for step in self.steps if step.action == action and step.source == state), None
        )

    def sources(self, action: str) -> frozenset[str]:
        """The states in which the action is legal."""
        return frozenset(step.source.value for step in self.steps if step.action == action)

    def target(self, action: str) -> str:
        """Where the action leads: the same state from everywhere."""
        return next(step.target.value for step in self.steps if step.action == action)

    def roles(self, action: str) -> frozenset[Role]:
        """Everybody who may do the action in at least one state."""
        return frozenset(
            role for step in self.steps if step.action == action for role in step.roles
        )

    def allows(self, action: str, state: str, role: Role) -> bool:
        """Whether this role may do the action in this state."""
        step = self.step(action, state)
        return step is not None and role in step.roles


def _steps(
    action: str, sources: Iterable[StrEnum], target: StrEnum, *roles: Role
) -> tuple[Step, ...]:
    return tuple(Step(action, source, target, frozenset(roles)) for source in sources)


_A, _O, _M = AccountState, OrderState, MatchState
_ACCEPTORS = (Role.ASSISTANT, Role.COORDINATOR)
_OFFICERS = (Role.CUSTOMER_SERVICE, Role.ADMINISTRATION)

ACCOUNT = Machine(
    "ACCOUNT",
    "users",
    AccountState,
    frozenset({_A.DRAFT, _A.REGISTERED}),
    (
        *_steps("REGISTER", [_A.DRAFT], _A.REGISTERED, Role.ANONYMOUS),
        *_steps("RELEASE_ACCOUNT", [_A.REGISTERED], _A.RELEASED, *_OFFICERS),
        *_steps("SUSPEND_ACCOUNT", [_A.RELEASED], _A.SUSPENDED, *_OFFICERS),
        *_steps("REINSTATE_ACCOUNT", [_A.SUSPENDED], _A.RELEASED, *_OFFICERS),
        *_steps(
            "REQUEST_DELETION",
            [_A.DRAFT, _A.REGISTERED, _A.RELEASED, _A.SUSPENDED],
            _A.DELETION_REQUESTED,
            *REGISTERING,
            *_OFFICERS,
        ),
        *_steps("ERASE", [_A.DELETION_REQUESTED], _A.ERASED, Role.SYSTEM),
    ),
)

_BEFORE_CONTRACT = (
    _O.DRAFT,
    _O.RELEASED,
    _O.IN_PROGRESS,
    _O.REQUESTED,
    _O.AWARDED,
    _O.MEETING_SET,
    _O.MEETING_HELD,
)

ORDER = Machine(
    "ORDER",
    "orders",
    OrderState,
    frozenset({_O.DRAFT}),
    (
        *_steps("RELEASE_ORDER", [_O.DRAFT], _O.RELEASED, Role.SEEKER),
        *_steps("FIRST_ACCEPTANCE", [_O.RELEASED], _O.IN_PROGRESS, *_ACCEPTORS),
        *_steps(
            "LAST_ACCEPTANCE_GONE",
            [_O.IN_PROGRESS],
            _O.RELEASED,
            Role.SEEKER,
            *_ACCEPTORS,
            Role.SYSTEM,
        ),
        *_steps("SEND_INQUIRY", [_O.IN_PROGRESS], _O.REQUESTED, Role.SEEKER),
        *_steps("AWARD_ORDER", [_O.IN_PROGRESS], _O.AWARDED, Role.SEEKER),
        *_steps("SET_MEETING", [_O.REQUESTED, _O.AWARDED], _O.MEETING_SET, Role.SEEKER),
        *_steps("HOLD_MEETING", [_O.MEETING_SET], _O.MEETING_HELD, Role.SEEKER, *_ACCEPTORS),
        *_steps("CONTRACT", [_O.MEETING_HELD], _O.CONTRACTED, Role.SEEKER, *_ACCEPTORS),
        *_steps("COMPLETE", [_O.CONTRACTED], _O.COMPLETED, Role.SEEKER, Role.SYSTEM),
        *_steps(
            "FALL_THROUGH",
            [_O.REQUESTED, _O.AWARDED, _O.MEETING_SET, _O.MEETING_HELD],
            _O.IN_PROGRESS,
            Role.SEEKER,
            *_ACCEPTORS,
            Role.SYSTEM,
        ),
        *_steps("WITHDRAW_ORDER", _BEFORE_CONTRACT, _O.WITHDRAWN, Role.SEEKER),
        *_steps("EXPIRE", [_O.RELEASED, _O.IN_PROGRESS], _O.EXPIRED, Role.SYSTEM),
    ),
)

_OPEN = (_M.ACCEPTED, _M.ON_HOLD, _M.REQUESTED, _M.AWARDED, _M.MEETING)

MATCH = Machine(
    "MATCH",
    "matches",
    MatchState,
    frozenset({_M.SUGGESTED}),
    (
        *_steps("ACCEPT_ORDER", [_M.SUGGESTED], _M.ACCEPTED, *_ACCEPTORS),
        *_steps("DECLINE_ORDER", [_M.SUGGESTED, *_OPEN], _M.DECLINED, *_ACCEPTORS),
        *_steps("WITHDRAW_ACCEPTANCE", [_M.ACCEPTED, _M.ON_HOLD], _M.WITHDRAWN, *_ACCEPTORS),
        *_steps("HOLD", [_M.ACCEPTED], _M.ON_HOLD, Role.SEEKER),
        *_steps("RESUME", [_M.ON_HOLD], _M.ACCEPTED, Role.SEEKER, *_ACCEPTORS, Role.SYSTEM),
        *_steps("SEND_INQUIRY", [_M.ACCEPTED], _M.REQUESTED, Role.SEEKER),
        *_steps("AWARD_ORDER", [_M.ACCEPTED], _M.AWARDED, Role.SEEKER),
        *_steps("SET_MEETING", [_M.REQUESTED, _M.AWARDED], _M.MEETING, Role.SEEKER),
        *_steps("CONTRACT", [_M.MEETING], _M.CONTRACTED, Role.SEEKER, *_ACCEPTORS),
        *_steps("LAPSE", [_M.SUGGESTED], _M.LAPSED, Role.SEEKER, Role.SYSTEM),
        *_steps("ASK_AGAIN", [_M.ACCEPTED, _M.ON_HOLD], _M.SUGGESTED, Role.SEEKER),
        *_steps("SUGGEST_AGAIN", [_M.DECLINED, _M.WITHDRAWN, _M.LAPSED], _M.SUGGESTED, Role.SYSTEM),
        *_steps("END", _OPEN, _M.WITHDRAWN, Role.SEEKER, Role.SYSTEM),
    ),
)

_B = BookingState

TALK = Machine(
    "TALK",
    "talk_bookings",
    BookingState,
    frozenset({_B.BOOKED}),
    (
        *_steps("CANCEL_TALK", [_B.BOOKED], _B.CANCELLED, Role.SEEKER, Role.ASSISTANT, *_OFFICERS),
        *_steps("HOLD_TALK", [_B.BOOKED], _B.HELD, *_OFFICERS),
        *_steps("MISS_TALK", [_B.BOOKED], _B.MISSED, *_OFFICERS),
    ),
)

_P = ApplicationState
_APPLICANTS = (Role.ASSISTANT, Role.COORDINATOR)

APPLICATION = Machine(
    "APPLICATION",
    "applications",
    ApplicationState,
    frozenset({_P.PREPARED, _P.INVITED, _P.WAITING, _P.APPROVED}),
    (
        *_steps("SUBMIT_APPLICATION", [_P.PREPARED], _P.WAITING, Role.SYSTEM),
        *_steps("APPROVE_APPLICATION", [_P.WAITING], _P.APPROVED, Role.COORDINATOR),
        *_steps("JOIN_PROVIDER", [_P.INVITED], _P.APPROVED, Role.COORDINATOR, Role.SYSTEM),
        *_steps("REJECT_APPLICATION", [_P.WAITING], _P.REJECTED, Role.COORDINATOR),
        *_steps(
            "WITHDRAW_APPLICATION",
            [_P.PREPARED, _P.INVITED, _P.WAITING],
            _P.WITHDRAWN,
            *_APPLICANTS,
        ),
        *_steps("END_MEMBERSHIP", [_P.APPROVED], _P.ENDED, *_APPLICANTS, *_OFFICERS),
    ),
)

_D = DelegationState

DELEGATION = Machine(
    "DELEGATION",
    "delegations",
    DelegationState,
    frozenset({_D.INVITED}),
    (
        *_steps("ACCEPT_DELEGATION", [_D.INVITED], _D.ACTIVE, *DELEGATES, *_OFFICERS),
        *_steps("REVOKE_DELEGATION", [_D.INVITED, _D.ACTIVE], _D.ENDED, *DELEGATES, *_OFFICERS),
    ),
)

MACHINES = (ACCOUNT, ORDER, MATCH, TALK, APPLICATION, DELEGATION)

COMMISSIONED_ORDER = frozenset({_O.REQUESTED, _O.AWARDED, _O.MEETING_SET, _O.MEETING_HELD})
COMMISSIONED_MATCH = frozenset({_M.REQUESTED, _M.AWARDED, _M.MEETING})
OPEN_FOR_ANSWERS = frozenset({_O.RELEASED, _O.IN_PROGRESS})
OPEN_DELEGATION = frozenset({_D.INVITED, _D.ACTIVE})
OPEN_APPLICATION = frozenset({_P.PREPARED, _P.INVITED, _P.WAITING})
ENDED_MATCH = frozenset({_M.DECLINED, _M.WITHDRAWN, _M.LAPSED})
AGREED_MATCH = frozenset({*_OPEN, _M.CONTRACTED})
