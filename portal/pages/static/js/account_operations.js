// The operations of one's own account: sessions, the calendar's address, absences, the second factor.
import { mutation } from "./operations.js";

const SESSION = "id createdAt lastSeenAt current";
export const SESSIONS = `query PageSessions { sessions { ${SESSION} } }`;
export const REVOKE_SESSION = mutation("revokeSession", "RevokeSessionInput", "SessionsChanged", `message sessions { ${SESSION} }`);
export const REVOKE_OTHER_SESSIONS = mutation("revokeOtherSessions", "RevokeOtherSessionsInput", "SessionsChanged", `message sessions { ${SESSION} }`);

export const CREATE_FEED = mutation("createCalendarFeed", "CreateCalendarFeedInput", "CalendarFeed", "address message nextStep");
export const REVOKE_FEED = mutation("revokeCalendarFeed", "RevokeCalendarFeedInput", "CalendarFeedRevoked", "message");

export const ACCOUNT = "query PageAccount { viewer { user { secondFactor recoveryCodesLeft assistant { id provider { name } } } } }";
export const RENEW_CODES = mutation("renewRecoveryCodes", "RenewRecoveryCodesInput", "RecoveryCodes", "message recoveryCodes");
export const REMOVE_FACTOR = mutation("removeSecondFactor", "RemoveSecondFactorInput", "User", "id");

const BUSY = "id busy { id kind beginsAt endsAt }";
export const OWN_ABSENCES = `query PageOwnAbsences { viewer { user { assistant { ${BUSY} } } } }`;
export const ABSENCES_OF_PEOPLE = `query PageAbsencesOfPeople($first: Int, $after: String) {
  assistants(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${BUSY} firstName lastName provider { id } } }
}`;
export const REPORT_ABSENCE = mutation("reportAbsence", "ReportAbsenceInput", "Assistant", "id");
export const CANCEL_ABSENCE = mutation("cancelAbsence", "CancelAbsenceInput", "Assistant", "id");
export const LEAVE_PROVIDER = mutation("removeAssistant", "RemoveAssistantInput", "MembershipEnded", "message");
