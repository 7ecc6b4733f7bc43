"""State machines as data: which action leads from which state to which, and who may do it.

The services read these tables for every change, `availableActions` draws from them, and the
migration copies their pairs into the database, whose trigger refuses every other pair.
"""

from enum import StrEnum

from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract_state import CONTRACT
from domain.delegation import DELEGATES
from domain.funding_state import FUNDING
from domain.machine import Machine, steps
from domain.viewer import PARTIES, REGISTERING, AccountState, Role


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


class NominationState(StrEnum):
    """Where an assistant stands whom a provider has named for an order."""

    NOMINATED = "NOMINATED"
    CHOSEN = "CHOSEN"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class MeetingState(StrEnum):
    """Where a meeting stands, from the first dates that were proposed."""

    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    HELD = "HELD"
    MISSED = "MISSED"
    CANCELLED = "CANCELLED"


_A, _O, _M = AccountState, OrderState, MatchState
_ACCEPTORS = (Role.ASSISTANT, Role.COORDINATOR)
_OFFICERS = (Role.CUSTOMER_SERVICE, Role.ADMINISTRATION)

ACCOUNT = Machine(
    "ACCOUNT",
    "users",
    AccountState,
    frozenset({_A.DRAFT, _A.REGISTERED}),
    (
        *steps("REGISTER", [_A.DRAFT], _A.REGISTERED, Role.ANONYMOUS),
        *steps("RELEASE_ACCOUNT", [_A.REGISTERED], _A.RELEASED, *_OFFICERS),
        *steps("SUSPEND_ACCOUNT", [_A.RELEASED], _A.SUSPENDED, *_OFFICERS),
        *steps("REINSTATE_ACCOUNT", [_A.SUSPENDED], _A.RELEASED, *_OFFICERS),
        *steps(
            "REQUEST_DELETION",
            [_A.DRAFT, _A.REGISTERED, _A.RELEASED, _A.SUSPENDED],
            _A.DELETION_REQUESTED,
            *REGISTERING,
            *_OFFICERS,
        ),
        *steps("ERASE", [_A.DELETION_REQUESTED], _A.ERASED, Role.SYSTEM),
    ),
)

_WITH_DATE = (_O.MEETING_SET, _O.MEETING_HELD)
_BEFORE_CONTRACT = (
    _O.DRAFT,
    _O.RELEASED,
    _O.IN_PROGRESS,
    _O.REQUESTED,
    _O.AWARDED,
    *_WITH_DATE,
)

ORDER = Machine(
    "ORDER",
    "orders",
    OrderState,
    frozenset({_O.DRAFT}),
    (
        *steps("RELEASE_ORDER", [_O.DRAFT], _O.RELEASED, Role.SEEKER),
        *steps("FIRST_ACCEPTANCE", [_O.RELEASED], _O.IN_PROGRESS, *_ACCEPTORS),
        *steps(
            "LAST_ACCEPTANCE_GONE",
            [_O.IN_PROGRESS],
            _O.RELEASED,
            Role.SEEKER,
            *_ACCEPTORS,
            Role.SYSTEM,
        ),
        *steps("SEND_INQUIRY", [_O.IN_PROGRESS], _O.REQUESTED, Role.SEEKER),
        *steps("AWARD_ORDER", [_O.IN_PROGRESS], _O.AWARDED, Role.SEEKER),
        *steps("SET_MEETING", [_O.REQUESTED, _O.AWARDED], _O.MEETING_SET, *PARTIES),
        *steps("BACK_TO_INQUIRY", _WITH_DATE, _O.REQUESTED, *PARTIES, Role.SYSTEM),
        *steps("BACK_TO_AWARD", [_O.MEETING_SET], _O.AWARDED, *PARTIES, Role.SYSTEM),
        *steps("HOLD_MEETING", [_O.MEETING_SET], _O.MEETING_HELD, Role.SEEKER, *_ACCEPTORS),
        *steps("CONTRACT", [_O.MEETING_HELD], _O.CONTRACTED, Role.SEEKER, *_ACCEPTORS),
        *steps("COMPLETE", [_O.CONTRACTED], _O.COMPLETED, Role.SEEKER, Role.SYSTEM),
        *steps(
            "FALL_THROUGH",
            [_O.REQUESTED, _O.AWARDED, *_WITH_DATE],
            _O.IN_PROGRESS,
            Role.SEEKER,
            *_ACCEPTORS,
            Role.SYSTEM,
        ),
        *steps("WITHDRAW_ORDER", _BEFORE_CONTRACT, _O.WITHDRAWN, Role.SEEKER),
        *steps("EXPIRE", [_O.RELEASED, _O.IN_PROGRESS], _O.EXPIRED, Role.SYSTEM),
    ),
)

_OPEN = (_M.ACCEPTED, _M.ON_HOLD, _M.REQUESTED, _M.AWARDED, _M.MEETING)

MATCH = Machine(
    "MATCH",
    "matches",
    MatchState,
    frozenset({_M.SUGGESTED}),
    (
        *steps("ACCEPT_ORDER", [_M.SUGGESTED], _M.ACCEPTED, *_ACCEPTORS),
        *steps("DECLINE_ORDER", [_M.SUGGESTED, *_OPEN], _M.DECLINED, *_ACCEPTORS),
        *steps("WITHDRAW_ACCEPTANCE", [_M.ACCEPTED, _M.ON_HOLD], _M.WITHDRAWN, *_ACCEPTORS),
        *steps("HOLD", [_M.ACCEPTED], _M.ON_HOLD, Role.SEEKER),
        *steps("RESUME", [_M.ON_HOLD], _M.ACCEPTED, Role.SEEKER, *_ACCEPTORS, Role.SYSTEM),
        *steps("SEND_INQUIRY", [_M.ACCEPTED], _M.REQUESTED, Role.SEEKER),
        *steps("AWARD_ORDER", [_M.ACCEPTED], _M.AWARDED, Role.SEEKER),
        *steps("SET_MEETING", [_M.REQUESTED, _M.AWARDED], _M.MEETING, *PARTIES),
        *steps("BACK_TO_INQUIRY", [_M.MEETING], _M.REQUESTED, *PARTIES, Role.SYSTEM),
        *steps("BACK_TO_AWARD", [_M.MEETING], _M.AWARDED, *PARTIES, Role.SYSTEM),
        *steps("CONTRACT", [_M.MEETING], _M.CONTRACTED, Role.SEEKER, *_ACCEPTORS),
        *steps("LAPSE", [_M.SUGGESTED], _M.LAPSED, Role.SEEKER, Role.SYSTEM),
        *steps("ASK_AGAIN", [_M.ACCEPTED, _M.ON_HOLD], _M.SUGGESTED, Role.SEEKER),
        *steps("SUGGEST_AGAIN", [_M.DECLINED, _M.WITHDRAWN, _M.LAPSED], _M.SUGGESTED, Role.SYSTEM),
        *steps("END", _OPEN, _M.WITHDRAWN, Role.SEEKER, Role.SYSTEM),
    ),
)

_B = BookingState

TALK = Machine(
    "TALK",
    "talk_bookings",
    BookingState,
    frozenset({_B.BOOKED}),
    (
        *steps("CANCEL_TALK", [_B.BOOKED], _B.CANCELLED, Role.SEEKER, Role.ASSISTANT, *_OFFICERS),
        *steps("HOLD_TALK", [_B.BOOKED], _B.HELD, *_OFFICERS),
        *steps("MISS_TALK", [_B.BOOKED], _B.MISSED, *_OFFICERS),
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
        *steps("SUBMIT_APPLICATION", [_P.PREPARED], _P.WAITING, Role.SYSTEM),
        *steps("APPROVE_APPLICATION", [_P.WAITING], _P.APPROVED, Role.COORDINATOR),
        *steps("JOIN_PROVIDER", [_P.INVITED], _P.APPROVED, Role.COORDINATOR, Role.SYSTEM),
        *steps("REJECT_APPLICATION", [_P.WAITING], _P.REJECTED, Role.COORDINATOR),
        *steps(
            "WITHDRAW_APPLICATION",
            [_P.PREPARED, _P.INVITED, _P.WAITING],
            _P.WITHDRAWN,
            *_APPLICANTS,
        ),
        *steps("END_MEMBERSHIP", [_P.APPROVED], _P.ENDED, *_APPLICANTS, *_OFFICERS),
    ),
)

_D = DelegationState

DELEGATION = Machine(
    "DELEGATION",
    "delegations",
    DelegationState,
    frozenset({_D.INVITED}),
    (
        *steps("ACCEPT_DELEGATION", [_D.INVITED], _D.ACTIVE, *DELEGATES, *_OFFICERS),
        *steps("REVOKE_DELEGATION", [_D.INVITED, _D.ACTIVE], _D.ENDED, *DELEGATES, *_OFFICERS),
    ),
)

_N = NominationState

NOMINATION = Machine(
    "NOMINATION",
    "nominations",
    NominationState,
    frozenset({_N.NOMINATED}),
    (
        *steps("CHOOSE_NOMINEE", [_N.NOMINATED], _N.CHOSEN, Role.SEEKER),
        *steps("CHOOSE_ANOTHER", [_N.CHOSEN], _N.NOMINATED, Role.SEEKER),
        *steps("DECLINE_NOMINATION", [_N.NOMINATED, _N.CHOSEN], _N.DECLINED, Role.ASSISTANT),
        *steps(
            "WITHDRAW_NOMINATION",
            [_N.NOMINATED, _N.CHOSEN],
            _N.WITHDRAWN,
            Role.COORDINATOR,
            Role.SYSTEM,
        ),
    ),
)


_G = MeetingState

MEETING = Machine(
    "MEETING",
    "meetings",
    MeetingState,
    frozenset({_G.PROPOSED}),
    (
        *steps("CONFIRM_MEETING", [_G.PROPOSED], _G.CONFIRMED, *PARTIES),
        *steps("MOVE_MEETING", [_G.CONFIRMED], _G.PROPOSED, *PARTIES, Role.SYSTEM),
        *steps("CANCEL_MEETING", [_G.PROPOSED, _G.CONFIRMED], _G.CANCELLED, *PARTIES, Role.SYSTEM),
        *steps("HOLD_MEETING", [_G.CONFIRMED], _G.HELD, *PARTIES),
        *steps("MISS_MEETING", [_G.CONFIRMED], _G.MISSED, *PARTIES),
    ),
)

MACHINES = (
    *(ACCOUNT, ORDER, MATCH, TALK, APPLICATION, DELEGATION),
    *(NOMINATION, MEETING, CONTRACT, APPOINTMENT, PLAN, FUNDING),
)

COMMISSIONED_ORDER = frozenset({_O.REQUESTED, _O.AWARDED, _O.MEETING_SET, _O.MEETING_HELD})
COMMISSIONED_MATCH = frozenset({_M.REQUESTED, _M.AWARDED, _M.MEETING})
OPEN_FOR_ANSWERS = frozenset({_O.RELEASED, _O.IN_PROGRESS})
OPEN_NOMINATION = frozenset({_N.NOMINATED, _N.CHOSEN})
OPEN_MEETING = frozenset({_G.PROPOSED, _G.CONFIRMED})
OPEN_DELEGATION = frozenset({_D.INVITED, _D.ACTIVE})
OPEN_APPLICATION = frozenset({_P.PREPARED, _P.INVITED, _P.WAITING})
ENDED_MATCH = frozenset({_M.DECLINED, _M.WITHDRAWN, _M.LAPSED})
AGREED_MATCH = frozenset({*_OPEN, _M.CONTRACTED})
