"""The disclosure ladder: what a person may see of another, field by field, in one table.

Every field of every type of the graph stands here; a field that does not is refused at start.
`Stage` says how far two sides have come with each other; a field is shown from its stage on, to
the person it is about, and to staff.
"""

from collections.abc import Mapping
from enum import IntEnum

from domain.disclosure_financing import FINANCING, LISTED, RECORDS
from domain.states import MatchState


class Undeclared(TypeError):
    """Something of the graph does not say who may see it, or cannot keep what it says.

    The text names types and fields only.
    """


class Stage(IntEnum):
    """How close a viewer is to what is shown."""

    COUNTING = 0  # only a number
    RELEASED = 1  # asked: a fitting order without its person
    MATCH = 2  # the acceptor has said yes
    COMMISSION = 3  # inquiry, award, meeting
    CONTRACT = 4
    STAFF = 5
    OWN = 6


# What a match in this state gives its two sides; the ended ones give nothing.
STAGE_OF_MATCH: Mapping[MatchState, Stage] = {
    MatchState.SUGGESTED: Stage.RELEASED,
    MatchState.ACCEPTED: Stage.MATCH,
    MatchState.ON_HOLD: Stage.MATCH,
    MatchState.REQUESTED: Stage.COMMISSION,
    MatchState.AWARDED: Stage.COMMISSION,
    MatchState.MEETING: Stage.COMMISSION,
    MatchState.CONTRACTED: Stage.CONTRACT,
}


OPEN = Stage.COUNTING

_ORDER = {
    OPEN: "id version",
    Stage.RELEASED: (
        "state stateLabel kind description durationMinutes needsDriving startsAt startDate"
        " interval count windows activities municipality maxDistanceKm myMatch availableActions"
        " nextStep releasedAt expiresAt"
    ),
    Stage.MATCH: "seeker timeline",
    Stage.STAFF: (
        "matches suggestedCount suggestedProviderCount acceptedCount draftIssues createdAt"
        " draftProblems qualities qualityWarnings personalReason descriptionWarnings"
    ),
}
_SEEKER = {
    OPEN: "id",
    Stage.MATCH: "firstName introduction municipality",
    Stage.COMMISSION: "phone mobile",
    Stage.CONTRACT: "lastName street postcode email",
    Stage.STAFF: "windows actingFor fundingSources",
    Stage.OWN: "needs introductionWarnings",
}
_ASSISTANT = {
    OPEN: "id",
    Stage.MATCH: (
        "firstName introduction employment activities languages hasCar municipality provider"
        " proofsChecked"
    ),
    Stage.COMMISSION: "phone mobile",
    Stage.CONTRACT: "lastName email",
    Stage.STAFF: "windows radiusKm qualities busy proofsHoldUntil proofs evidence availableActions",
    Stage.OWN: "introductionWarnings",
}
_USER = {
    OPEN: "id version",
    Stage.STAFF: (
        "role roleLabel state stateLabel firstName lastName email emailConfirmed phone mobile"
        " street postcode language municipality seeker assistant provider talks talkBooking"
        " identityChecks availableActions nextStep createdAt secondFactor recoveryCodesLeft"
    ),
}
_CONVERSATION = {
    OPEN: "id",
    Stage.STAFF: "createdAt lastMessageAt open unreadCount match messages availableActions",
}
_CONTRACT = {
    OPEN: "id version",
    Stage.STAFF: (
        "state stateLabel model modelLabel draftedBy startsOn endsOn interval minutes hourlyCents"
        " payer activities duties warnings boundUntil consents endReason endLabel createdAt"
        " agreedAt endedAt seeker assistant provider order match appointments plans funding"
        " printouts availableActions nextStep"
    ),
}
_APPOINTMENT = {
    OPEN: "id version",
    Stage.STAFF: (
        "state stateLabel proposedBy startsAt endsAt workedFrom workedUntil minutesWorked"
        " cancelReason cancelLabel cancelledBy isStandIn isPlanned gap createdAt activities"
        " municipality clientName address comerName seeker assistant provider contract warnings"
        " availableActions nextStep"
    ),
}
_RECORDS = {
    "Application": (
        "id version state stateLabel role coordinatorRole firstName lastName email createdAt"
        " provider assistant availableActions"
    ),
    "AppointmentPlan": "id version state stateLabel proposedBy interval slots minutes firstOn"
    " lastOn holidays holidaysLabel skipped plannedUntil agreedAt endedAt endReason endLabel"
    " createdAt assistant availableActions",
    "Delegation": (
        "id version kind kindLabel state stateLabel email yoursToAct principalName delegateName"
        " validUntil createdAt availableActions"
    ),
    "Coordinator": "id role firstName lastName email availableActions",
    "Busy": "id kind beginsAt endsAt",
    "Evidence": "id kind kindLabel verdict seenOn datedOn validUntil exemption quality qualityLabel"
    " hours createdAt",
    "ContractConsent": "id side version at onBehalf counts",
    "Notification": "id kind topic topicLabel title text state createdAt readAt deliveries order"
    " match nomination meeting contract appointment fundingSource",
    "Delivery": "channel channelLabel state stateLabel at",
    "MessageToTell": "id subject user createdAt",
    "Message": "id side mine text sentAt isRead warnings",
    "Nomination": (
        "id version state stateLabel fits createdAt firstName introduction languages hasCar"
        " assistant match orderKind description durationMinutes startsAt startDate interval count"
        " municipality availableActions"
    ),
    "Report": "id reason note messageText createdAt handledAt reporter subject provider",
    "Talk": "id channel outcome heldAt answers",
    "TalkAnswers": "careGrade payer usesReliefAmount hasIntegrationAssistance corrected"
    " correctedAt correctedBy",
    "TalkBooking": ("id version state stateLabel channel wishes failure createdAt slot user"),
    "IdentityCheck": "id document verdict checkedOn",
}
# Types that say nothing about a person beyond the row that leads to them.
_OPEN_TYPES = {
    "Action": "code label roles available blockedReason",
    "Activity": "code label group groupLabel",
    "Agreement": "kind version language title text givenAt withdrawnAt",
    "AppointmentChanged": "eventId appointmentId appointment",
    "AppointmentWarning": "code message",
    "AppointmentsReady": "eventId",
    "AskedQuality": "quality must",
    "Availability": "eventId orderId count exact providers hints",
    "AuditEntry": (
        "id machine aggregate version action actionLabel source target at actorRole actor onBehalf"
        " principal actedBy person order match sealed hash"
    ),
    "CertificateLetterWritten": "message nextStep issuedOn text",
    "ConsentText": "kind version title text withdrawable givenAt",
    "ConsentsChanged": "message consents",
    "AdviceCentre": "kind kindLabel name address phone email web hours postcodes",
    "Contact": "email phone",
    "Block": "id name createdAt",
    "BlocksChanged": "message blocks",
    "DeskTasks": "identityChecks releases proofsMissing proofsEnding",
    "ProofsEnding": "days number",
    "District": "key name land municipalities welcome contact hours",
    "DraftDiscarded": "message",
    "DraftValue": "field value",
    "EmailConfirmed": "message nextStep",
    "Form": "name title fields groups consents",
    "FormCondition": "field values",
    "FormDraft": "token form values expiresAt",
    "FormField": "name kind label help purpose retention required limit low high options onlyWith",
    "FormGroup": "fields label",
    "FormOption": "code label group",
    "Hint": "kind code message count exact input",
    "InvitationSent": "message nextStep",
    "LinkSent": "message nextStep",
    "Match": (
        "id version state stateLabel kind order assistant provider nominee nominations contracts"
        " conversation meetings distanceClass proofsExpired explanation availableActions nextStep"
        " createdAt decidedAt timeline"
    ),
    "MatchPoint": "code met label",
    "MembershipEnded": "message",
    "MessageAdded": "eventId kind conversation added",
    "MessageTold": "message",
    "CalendarFeed": "address message nextStep",
    "CalendarFeedRevoked": "message",
    "Meeting": (
        "id version kind kindLabel state stateLabel proposedBy minutes place startsAt endsAt link"
        " reason createdAt match dates people warnings availableActions nextStep"
    ),
    "MeetingDate": "id startsAt endsAt chosen",
    "MeetingPerson": "side sideLabel you firstName confirmed",
    "MeetingWarning": "code message",
    "MonthlyStatement": "month hourlyCents lines minutes cents confirmedMinutes confirmedCents"
    " printouts",
    "Municipality": "id name postcodes",
    "NominationCandidate": "assistantId firstName lastName",
    "NotificationChoice": "channel channelLabel enabled changeable",
    "NotificationPreferences": "topics quietFrom quietUntil digestHour devices pushKey",
    "PushDevice": "id createdAt",
    "TopicPreference": "topic topicLabel choices kinds",
    "KindPreference": "kind title choices",
    "NotificationAdded": "eventId unread notification",
    "NotificationsMarked": "message unread",
    "UnreadNotifications": "eventId unread",
    "OrderChanged": "eventId kind order matchId match",
    "PlanSlot": "day clock",
    "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
    "Printout": "form address",
    "Problem": "code field message remedy",
    "ProofStatus": "kind label state stateLabel validUntil",
    "Price": "payer payerLabel hourlyCents validFrom validUntil",
    "Provider": (
        "id version name introduction email phone activities municipalities acceptedPayers prices"
        " recognitions coordinators availableActions"
    ),
    "ProviderRecognition": "kind kindLabel validFrom validUntil",
    "Quality": "code label group groupLabel needsReason stated",
    "QualityWarning": "codes message",
    "RecoveryCodes": "message recoveryCodes",
    "RegistrationReceived": "message nextStep",
    "ReportHandled": "message",
    "ReportReceived": "message nextStep",
    "ResyncRequired": "eventId message",
    "PhoneCodeSent": "message nextStep letter user",
    "PasswordReset": "message nextStep",
    "SecondFactorConfirmed": "message nextStep recoveryCodes viewer token expiresAt",
    "SecondFactorPending": "message nextStep secret address",
    "Session": "id createdAt lastSeenAt expiresAt current",
    "SessionsChanged": "message sessions",
    "SignedIn": "viewer token expiresAt",
    "SignedOut": "message",
    "StandIn": "assistantId firstName distanceClass wishes",
    "StatementLine": "appointmentId day beginsAt endsAt minutes cents confirmed comerName payer"
    " legalBasis parts",
    "SuggestionChanged": "eventId matchId order match",
    "SuggestionsReady": "eventId",
    "TextWarning": "code message",
    "TalkSlot": "id startsAt endsAt minutes cancelled booking",
    "TalkSlotsChanged": "message nextStep",
    "TimelineEntry": (
        "id at action actionLabel sentence actorSide actingForSeeker subject match state stateLabel"
    ),
    "TimeWindow": "weekday weekdayLabel start end",
    "TrustRecorded": "message",
    "Viewer": "role roleLabel needsSecondFactor owesConsent actsAs user nextStep",
}
_REFUSALS = {
    "InputRefused": "problems",
    "NotFound": "",
    "NotAllowed": "",
    "StateRefused": "currentState problems",
    "StaleRefused": "currentVersion current",
    "IdempotencyRefused": "",
    "RateLimited": "retryAfterSeconds",
}

# Types that there are connections of.
_LISTED = (
    "Order Match User Assistant Provider TalkSlot Report Application Delegation Nomination Contract"
    " Notification Meeting Conversation Message MessageToTell Appointment TimelineEntry AuditEntry"
)


def _table() -> dict[str, dict[str, Stage]]:
    ladders = {
        "Order": _ORDER,
        "Seeker": _SEEKER,
        "Assistant": _ASSISTANT,
        "User": _USER,
        "Contract": _CONTRACT,
        "Conversation": _CONVERSATION,
        "Appointment": _APPOINTMENT,
    }
    table = {
        name: {field: stage for stage, fields in ladder.items() for field in fields.split()}
        for name, ladder in ladders.items()
    }
    for name, fields in (_RECORDS | RECORDS).items():
        table[name] = dict.fromkeys(fields.split(), Stage.STAFF)
    table["FundingSource"] |= {"id": OPEN, "version": OPEN}
    for name, fields in (_OPEN_TYPES | FINANCING).items():
        table[name] = dict.fromkeys(fields.split(), OPEN)
    for name, fields in _REFUSALS.items():
        own = f"code message field path remedy {fields}".split()
        table[name] = dict.fromkeys(own, OPEN)
    for node in (_LISTED + LISTED).split():
        table[f"{node}Connection"] = dict.fromkeys(
            ["edges", "nodes", "pageInfo", "totalCount"], OPEN
        )
        table[f"{node}Edge"] = dict.fromkeys(["cursor", "node"], OPEN)
    return table


DISCLOSURE: Mapping[str, Mapping[str, Stage]] = _table()
