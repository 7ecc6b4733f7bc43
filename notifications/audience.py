"""Who is told which kinds of news: what people can choose about, one by one."""

from collections.abc import Mapping

from domain.notification import NotificationTopic
from domain.viewer import PARTIES, REGISTERING, Role
from notifications.message import MailKind
from notifications.topic import topic_of

_SEEKER, _ASSISTANT, _COORDINATOR = PARTIES
_REPRESENTATIVE = Role.REPRESENTATIVE
_RECEIVERS: Mapping[tuple[Role, ...], str] = {
    tuple(Role): (
        "confirm_email reset_password already_registered password_changed second_factor_changed"
        " account_suspended account_reinstated"
    ),
    tuple(REGISTERING): "account_released",
    PARTIES: (
        "meeting_proposed meeting_countered meeting_chosen meeting_confirmed meeting_moved"
        " meeting_cancelled meeting_missed meeting_reminder new_message appointment_proposed"
        " appointment_moved appointment_fixed appointment_cancelled appointments_planned"
        " appointments_agreed appointments_replaced appointments_ended gap_opened"
        " contract_drafted contract_consented contract_agreed contract_ends contract_ended"
    ),
    (_SEEKER, _ASSISTANT): (
        "talk_booked talk_moved talk_cancelled talk_missed talk_reminder appointment_reminder"
    ),
    (_SEEKER,): (
        "order_expires order_expired order_accepted acceptance_ended nominee_proposed nominee_gone"
        " match_waiting month_unconfirmed stand_in_decision delegation_accepted phone_code"
        " funding_nearly_used funding_used funding_ends funding_lapses"
    ),
    (_SEEKER, _REPRESENTATIVE): "delegation_asked delegation_ended",
    (_ASSISTANT, _COORDINATOR): (
        "order_closed order_filled suggestion_waiting nominee_chosen membership_ended"
        " application_approved application_rejected stand_in_found"
    ),
    (_ASSISTANT,): (
        "order_awarded nominated nomination_ended stand_in_asked proof_expires proof_expired"
        " proof_gone"
    ),
    (_COORDINATOR,): (
        "order_awarded_team order_closed_team inquiry_received nomination_declined team_proof"
        " team_proof_gone team_application coordinator_invited"
    ),
}
# The mail of the day is no news of its own.
RECEIVERS: Mapping[MailKind, frozenset[Role]] = {
    MailKind(kind): frozenset(roles)
    for roles, kinds in _RECEIVERS.items()
    for kind in kinds.split()
}


def kinds_for(role: Role, topic: NotificationTopic) -> list[MailKind]:
    """The kinds of a topic that somebody in this role can be told, in the order of the list."""
    return [
        kind for kind in MailKind if role in RECEIVERS.get(kind, ()) and topic_of(kind) is topic
    ]
