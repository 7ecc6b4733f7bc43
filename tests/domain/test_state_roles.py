"""Who may take which step: the table of the specification, written out here a second time."""

import pytest

from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract_state import CONTRACT
from domain.funding_state import FUNDING
from domain.machine import Machine
from domain.states import (
    ACCOUNT,
    APPLICATION,
    DELEGATION,
    MACHINES,
    MATCH,
    MEETING,
    NOMINATION,
    ORDER,
    TALK,
)

SEEKERS, HELPERS, OFFICE = "SEEKER", "ASSISTANT COORDINATOR", "CUSTOMER_SERVICE ADMINISTRATION"
ROLES = {
    ACCOUNT: {
        "REGISTER": "ANONYMOUS",
        "RELEASE_ACCOUNT": OFFICE,
        "SUSPEND_ACCOUNT": OFFICE,
        "REINSTATE_ACCOUNT": OFFICE,
        "REQUEST_DELETION": f"{SEEKERS} {HELPERS} REPRESENTATIVE {OFFICE}",
        "ERASE": "SYSTEM",
    },
    ORDER: {
        "RELEASE_ORDER": SEEKERS,
        "FIRST_ACCEPTANCE": HELPERS,
        "LAST_ACCEPTANCE_GONE": f"{SEEKERS} {HELPERS} SYSTEM",
        "SEND_INQUIRY": SEEKERS,
        "AWARD_ORDER": SEEKERS,
        "SET_MEETING": f"{SEEKERS} {HELPERS}",
        "BACK_TO_INQUIRY": f"{SEEKERS} {HELPERS} SYSTEM",
        "BACK_TO_AWARD": f"{SEEKERS} {HELPERS} SYSTEM",
        "HOLD_MEETING": f"{SEEKERS} {HELPERS}",
        "CONTRACT": f"{SEEKERS} {HELPERS}",
        "COMPLETE": f"{SEEKERS} SYSTEM",
        "FALL_THROUGH": f"{SEEKERS} {HELPERS} SYSTEM",
        "WITHDRAW_ORDER": SEEKERS,
        "EXPIRE": "SYSTEM",
    },
    MATCH: {
        "ACCEPT_ORDER": HELPERS,
        "DECLINE_ORDER": HELPERS,
        "WITHDRAW_ACCEPTANCE": HELPERS,
        "HOLD": SEEKERS,
        "RESUME": f"{SEEKERS} {HELPERS} SYSTEM",
        "SEND_INQUIRY": SEEKERS,
        "AWARD_ORDER": SEEKERS,
        "SET_MEETING": f"{SEEKERS} {HELPERS}",
        "BACK_TO_INQUIRY": f"{SEEKERS} {HELPERS} SYSTEM",
        "BACK_TO_AWARD": f"{SEEKERS} {HELPERS} SYSTEM",
        "CONTRACT": f"{SEEKERS} {HELPERS}",
        "LAPSE": f"{SEEKERS} SYSTEM",
        "ASK_AGAIN": SEEKERS,
        "SUGGEST_AGAIN": "SYSTEM",
        "END": f"{SEEKERS} SYSTEM",
    },
    TALK: {
        "CANCEL_TALK": f"SEEKER ASSISTANT {OFFICE}",
        "HOLD_TALK": OFFICE,
        "MISS_TALK": OFFICE,
    },
    APPLICATION: {
        "SUBMIT_APPLICATION": "SYSTEM",
        "APPROVE_APPLICATION": "COORDINATOR",
        "JOIN_PROVIDER": "COORDINATOR SYSTEM",
        "REJECT_APPLICATION": "COORDINATOR",
        "WITHDRAW_APPLICATION": HELPERS,
        "END_MEMBERSHIP": f"{HELPERS} {OFFICE}",
    },
    MEETING: {
        "CONFIRM_MEETING": f"{SEEKERS} {HELPERS}",
        "MOVE_MEETING": f"{SEEKERS} {HELPERS} SYSTEM",
        "CANCEL_MEETING": f"{SEEKERS} {HELPERS} SYSTEM",
        "HOLD_MEETING": f"{SEEKERS} {HELPERS}",
        "MISS_MEETING": f"{SEEKERS} {HELPERS}",
    },
    DELEGATION: {
        "ACCEPT_DELEGATION": f"REPRESENTATIVE SEEKER {OFFICE}",
        "REVOKE_DELEGATION": f"REPRESENTATIVE SEEKER {OFFICE}",
    },
    APPOINTMENT: {
        "AGREE_APPOINTMENT": SEEKERS,
        "FIX_APPOINTMENT": f"{SEEKERS} {HELPERS} SYSTEM",
        "MOVE_APPOINTMENT": HELPERS,
        "MOVE_AS_CLIENT": SEEKERS,
        "RECORD_APPOINTMENT": HELPERS,
        "CONFIRM_APPOINTMENT": SEEKERS,
        "CANCEL_APPOINTMENT": f"{SEEKERS} {HELPERS} SYSTEM",
    },
    PLAN: {
        "AGREE_PLAN": f"{SEEKERS} {HELPERS}",
        "REPLACE_PLAN": f"{SEEKERS} {HELPERS}",
        "END_PLAN": f"{SEEKERS} {HELPERS} SYSTEM",
    },
    CONTRACT: {
        "CONSENT_TO_CONTRACT": f"{SEEKERS} {HELPERS}",
        "WITHDRAW_CONTRACT": "SYSTEM",
        "END_CONTRACT": "SYSTEM",
    },
    FUNDING: {
        "APPROVE_FUNDING": SEEKERS,
        "REFUSE_FUNDING": SEEKERS,
        "WITHDRAW_FUNDING": SEEKERS,
        "END_FUNDING": f"{SEEKERS} SYSTEM",
    },
    NOMINATION: {
        "CHOOSE_NOMINEE": SEEKERS,
        "CHOOSE_ANOTHER": SEEKERS,
        "DECLINE_NOMINATION": "ASSISTANT",
        "WITHDRAW_NOMINATION": "COORDINATOR SYSTEM",
    },
}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_roles_of_every_action_are_written_down(machine: Machine) -> None:
    found = {action: " ".join(sorted(machine.roles(action))) for action in machine.actions}
    assert found == {a: " ".join(sorted(roles.split())) for a, roles in ROLES[machine].items()}
