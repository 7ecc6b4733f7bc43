"""Where appointments and their plans stand, and who takes them further.

What is planned is a plan and no appointment, so there is no draft. The client's yes comes before
anything is fixed, whoever has proposed; a move takes it back.
"""

from enum import StrEnum

from domain.machine import Machine, steps
from domain.viewer import PARTIES, Role


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    PROPOSED = "PROPOSED"
    CLIENT_AGREED = "CLIENT_AGREED"
    FIXED = "FIXED"
    WORKED = "WORKED"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class PlanState(StrEnum):
    """Where a plan of appointments stands."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    ENDED = "ENDED"


_S = AppointmentState
_OTHERS = (Role.ASSISTANT, Role.COORDINATOR)

APPOINTMENT = Machine(
    "APPOINTMENT",
    "appointments",
    AppointmentState,
    frozenset({_S.PROPOSED, _S.CLIENT_AGREED}),
    (
        *steps("AGREE_APPOINTMENT", [_S.PROPOSED], _S.CLIENT_AGREED, Role.SEEKER),
        *steps("FIX_APPOINTMENT", [_S.CLIENT_AGREED], _S.FIXED, Role.SEEKER, *_OTHERS, Role.SYSTEM),
        # The same button for two people: the client's own move is the client's yes.
        *steps("MOVE_APPOINTMENT", [_S.CLIENT_AGREED, _S.FIXED], _S.PROPOSED, *_OTHERS),
        *steps("MOVE_AS_CLIENT", [_S.PROPOSED, _S.FIXED], _S.CLIENT_AGREED, Role.SEEKER),
        *steps("RECORD_APPOINTMENT", [_S.FIXED], _S.WORKED, *_OTHERS),
        *steps("CONFIRM_APPOINTMENT", [_S.WORKED], _S.CONFIRMED, Role.SEEKER),
        *steps(
            "CANCEL_APPOINTMENT",
            [_S.PROPOSED, _S.CLIENT_AGREED, _S.FIXED, _S.WORKED],
            _S.CANCELLED,
            Role.SEEKER,
            *_OTHERS,
            Role.SYSTEM,
        ),
    ),
)
OPEN_APPOINTMENT = frozenset({_S.PROPOSED, _S.CLIENT_AGREED, _S.FIXED})
UNFIXED = frozenset({_S.PROPOSED, _S.CLIENT_AGREED})
# What takes somebody's time.
TAKES_TIME = frozenset({_S.FIXED, _S.WORKED, _S.CONFIRMED})

_P = PlanState

PLAN = Machine(
    "PLAN",
    "appointment_plans",
    PlanState,
    frozenset({_P.PROPOSED}),
    (
        *steps("AGREE_PLAN", [_P.PROPOSED], _P.AGREED, *PARTIES),
        *steps("REPLACE_PLAN", [_P.PROPOSED, _P.AGREED], _P.ENDED, *PARTIES),
        *steps("END_PLAN", [_P.PROPOSED, _P.AGREED], _P.ENDED, *PARTIES, Role.SYSTEM),
    ),
)
NEW_PLAN = "PLAN_APPOINTMENTS"  # no step: what the history says of a plan's beginning
