// Every operation the page sends.

const REFUSAL = `
  ... on Refusal { code field message remedy }
  ... on InputRefused { problems { code field message remedy } }
  ... on StateRefused { problems { code field message remedy } }`;

const WINDOWS = "windows { weekday weekdayLabel start end }";
export const ACTIONS = "availableActions { code label available blockedReason }";

const MATCH = `fragment MatchParts on Match {
  id version state stateLabel kind nextStep decidedAt distanceClass explanation { met label }
  assistant { firstName introduction languages activities { code label } provider { name } }
  provider { name introduction }
  ${ACTIONS}
}`;

const ORDER = `${MATCH}
fragment OrderParts on Order {
  id version state stateLabel kind description durationMinutes needsDriving startsAt startDate interval count
  ${WINDOWS}
  activities { code label }
  qualities { must quality { code } } qualityWarnings { message } personalReason descriptionWarnings { message }
  maxDistanceKm suggestedCount suggestedProviderCount acceptedCount draftProblems { code field message remedy } nextStep releasedAt expiresAt
  ${ACTIONS}
  matches(first: 50) { pageInfo { hasNextPage } nodes { ...MatchParts } }
}`;

const SUGGESTION = `fragment SuggestionParts on Order {
  id version kind stateLabel description durationMinutes needsDriving startsAt startDate interval count
  ${WINDOWS}
  activities { code label }
  municipality { name }
  myMatch { id version state stateLabel distanceClass nextStep explanation { met label } ${ACTIONS} }
}`;

export const TALKS = "talks { id channel outcome heldAt answers { careGrade payer usesReliefAmount hasIntegrationAssistance corrected correctedAt correctedBy } }";

/** A mutation of one input, with every refusal; `success` are the fields of what is wanted. */
export function mutation(name, input, type, success, fragments = "") {
  return `${fragments}
mutation Page${name[0].toUpperCase()}${name.slice(1)}($input: ${input}!) {
  ${name}(input: $input) { __typename ... on ${type} { ${success} } ${REFUSAL} }
}`;
}

export const VIEWER = `query PageViewer {
  viewer { role nextStep needsSecondFactor owesConsent actsAs user { id state firstName lastName email provider { id } seeker { introduction needs { code } }
    talkBooking { id channel slot { startsAt } } ${ACTIONS} } }
}`;
export const DISTRICT = "query PageDistrict { district { name welcome contact { email phone } hours { weekday weekdayLabel start end } } }";
export const ACTIVITIES = "query PageActivities { activities { code label group groupLabel } }";

export const QUALITIES = "query PageQualities { qualities { code label groupLabel } }";

export const SIGN_IN = mutation("signIn", "SignInInput", "SignedIn", "viewer { role }");
export const SET_UP_FACTOR = mutation("setUpSecondFactor", "SetUpSecondFactorInput", "SecondFactorPending", "message nextStep secret address");
export const CONFIRM_FACTOR = mutation("confirmSecondFactor", "ConfirmSecondFactorInput", "SecondFactorConfirmed", "message nextStep recoveryCodes");
export const CONSENTS = `query PageConsents {
  consents { kind version title text withdrawable givenAt } agreements { kind version language title text givenAt withdrawnAt }
}`;
export const GIVE_CONSENTS = mutation("giveConsents", "GiveConsentsInput", "ConsentsChanged", "message");
export const WITHDRAW_CONSENT = mutation("withdrawConsent", "WithdrawConsentInput", "ConsentsChanged", "message");
export const SIGN_OUT = mutation("signOut", "SignOutInput", "SignedOut", "message");
export const FORM = `query PageForm($name: FormName!) {
  form(name: $name) {
    title
    fields { name kind label help purpose retention required low high options { code label group } onlyWith { field values } }
    consents { kind version title text }
  }
}`;
export const REGISTER = Object.fromEntries(["Seeker", "Assistant", "Provider", "Coordinator", "Representative"].map((name) => [
  name.toUpperCase(),
  mutation(`register${name}`, `Register${name}Input`, "RegistrationReceived", "message nextStep"),
]));
export const CONFIRM = mutation("confirmEmail", "ConfirmEmailInput", "EmailConfirmed", "message nextStep");
export const REQUEST_LINK = mutation("requestEmailConfirmation", "RequestEmailConfirmationInput", "LinkSent", "message nextStep");
export const REQUEST_RESET = mutation("requestPasswordReset", "RequestPasswordResetInput", "LinkSent", "message nextStep");
export const RESET = mutation("resetPassword", "ResetPasswordInput", "PasswordReset", "message nextStep");

export const ORDERS = `query PageOrders($first: Int, $after: String) {
  orders(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id stateLabel kind description startsAt startDate createdAt acceptedCount nextStep }
  }
}`;
export const ORDER_BY_ID = `${ORDER}
query PageOrder($id: ID!) { order(id: $id) { ...OrderParts } }`;
export const ORDER_MATCHES = `${MATCH}
query PageOrderMatches($id: ID!, $first: Int, $after: String) {
  order(id: $id) { matches(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...MatchParts } } }
}`;
export const TIMELINE = `query PageTimeline($id: ID!, $first: Int, $after: String) {
  order(id: $id) { timeline(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { at sentence actorSide } } }
}`;
export const CREATE_ORDER = mutation("createOrder", "CreateOrderInput", "Order", "id");
export const UPDATE_ORDER = mutation("updateOrder", "UpdateOrderInput", "Order", "...OrderParts", ORDER);
export const AMENDMENT = `${ORDER}
query PageAmendment($id: ID!) {
  order(id: $id) { ...OrderParts municipality { id } }
  viewer { user { municipality { id name } } }
}`;
export const AMEND_ORDER = mutation("amendOrder", "AmendOrderInput", "Order", "id");
export const ORDER_ACTIONS = {
  RELEASE_ORDER: mutation("releaseOrder", "OrderInput", "Order", "...OrderParts", ORDER),
  RENEW_ORDER: mutation("renewOrder", "OrderInput", "Order", "...OrderParts", ORDER),
  COPY_ORDER: mutation("copyOrder", "OrderInput", "Order", "...OrderParts", ORDER),
  WITHDRAW_ORDER: mutation("withdrawOrder", "OrderInput", "Order", "...OrderParts", ORDER),
};
export const ORDER_CHANGED = `${ORDER}
subscription PageOrderChanged($orderId: ID!, $after: String) {
  orderChanged(orderId: $orderId, after: $after) {
    __typename
    ... on OrderChanged { eventId kind order { ...OrderParts } }
    ... on ResyncRequired { eventId message }
  }
}`;
export const AVAILABILITY = `subscription PageAvailability($orderId: ID!) {
  availability(orderId: $orderId) { __typename eventId count exact providers hints { kind code message input } }
}`;

export const SUGGESTIONS = `${SUGGESTION}
query PageSuggestions($first: Int, $after: String) {
  suggestedOrders(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...SuggestionParts } }
}`;
export const SUGGESTIONS_CHANGED = `subscription PageSuggestionsChanged($after: String) {
  suggestedOrdersChanged(after: $after) {
    __typename
    ... on SuggestionsReady { eventId }
    ... on SuggestionChanged { eventId }
    ... on ResyncRequired { eventId message }
  }
}`;
const MEETING = `id version kind kindLabel state stateLabel minutes place startsAt link nextStep
  dates { id startsAt } people { side sideLabel you confirmed } warnings { message } ${ACTIONS}`;
const CONTRACT = `id version state stateLabel model modelLabel startsOn endsOn interval minutes hourlyCents nextStep
  activities { label } consents { side at counts } printouts { form address } warnings { message } ${ACTIONS}`;
export const MATCH_BY_ID = `query PageMatch($id: ID!) {
  match(id: $id) {
    id version kind state stateLabel nextStep
    distanceClass explanation { met label }
    assistant { firstName introduction activities { label } provider { name } } nominee { firstName } provider { name introduction }
    conversation { id }
    nominations { id version state stateLabel firstName introduction ${ACTIONS} }
    meetings { ${MEETING} }
    contracts { ${CONTRACT} }
    order { id description durationMinutes needsDriving kind startsAt startDate interval count maxDistanceKm ${WINDOWS}
      activities { code label } municipality { name } seeker { firstName phone mobile } }
    ${ACTIONS}
  }
}`;
export const CONVERSATION = `query PageConversation($id: ID!, $first: Int, $after: String) {
  conversation(id: $id) { open unreadCount
    messages(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { id mine text sentAt isRead } } }
}`;
export const SEND_MESSAGE = mutation("sendMessage", "SendMessageInput", "Message", "id warnings { message }");
export const MARK_READ = mutation("markRead", "MarkReadInput", "Conversation", "id");
export const MESSAGE_ADDED = `subscription PageMessageAdded($conversationId: ID!, $after: String) {
  messageAdded(conversationId: $conversationId, after: $after) {
    __typename ... on MessageAdded { eventId kind } ... on ResyncRequired { eventId message }
  }
}`;
export const PROPOSE_MEETINGS = mutation("proposeMeetings", "ProposeMeetingsInput", "Meeting", "id");
export const MEETING_ACTIONS = {
  CHOOSE_MEETING: mutation("chooseMeeting", "ChooseMeetingInput", "Meeting", "id"),
  CONFIRM_MEETING: mutation("confirmMeeting", "ConfirmMeetingInput", "Meeting", "id"),
  MOVE_MEETING: mutation("moveMeeting", "MoveMeetingInput", "Meeting", "id"),
  CANCEL_MEETING: mutation("cancelMeeting", "CancelMeetingInput", "Meeting", "id"),
  RECORD_MEETING: mutation("recordMeeting", "RecordMeetingInput", "Meeting", "id"),
};
export const OWN_PEOPLE = `query PageOwnPeople($first: Int, $after: String) {
  assistants(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { id firstName lastName provider { id } } }
}`;
export const CANDIDATES = "query PageCandidates($matchId: ID!) { nominationCandidates(matchId: $matchId) { assistantId firstName lastName } }";
export const NOMINATE = mutation("nominateAssistant", "NominateAssistantInput", "Nomination", "id");
export const NOMINATION_ACTIONS = {
  CHOOSE_NOMINEE: mutation("chooseNominee", "NominationInput", "Nomination", "id"),
  DECLINE_NOMINATION: mutation("declineNomination", "NominationInput", "Nomination", "id"),
  WITHDRAW_NOMINATION: mutation("withdrawNomination", "NominationInput", "Nomination", "id"),
};
export const DRAFT_CONTRACT = mutation("draftContract", "DraftContractInput", "Contract", "id");
export const CONTRACT_ACTIONS = {
  CONSENT_TO_CONTRACT: mutation("consentToContract", "ConsentToContractInput", "Contract", "id"),
  END_CONTRACT: mutation("endContract", "EndContractInput", "Contract", "id"),
};
export const MATCH_ACTIONS = {
  ACCEPT_ORDER: mutation("acceptOrder", "MatchInput", "Match", "id stateLabel"),
  DECLINE_ORDER: mutation("declineOrder", "MatchInput", "Match", "id stateLabel"),
  WITHDRAW_ACCEPTANCE: mutation("withdrawAcceptance", "MatchInput", "Match", "id stateLabel"),
  SEND_INQUIRY: mutation("sendInquiry", "MatchInput", "Match", "id stateLabel"),
  AWARD_ORDER: mutation("awardOrder", "MatchInput", "Match", "id stateLabel"),
};

export const RECORD_EVIDENCE = mutation("recordEvidence", "RecordEvidenceInput", "Assistant", "id proofsChecked");
export const WRITE_CERTIFICATE_LETTER = mutation("writeCertificateLetter", "WriteCertificateLetterInput", "CertificateLetterWritten", "message nextStep text");
export const TEAM = `query PageTeam {
  viewer { user { provider {
    id name version introduction email phone acceptedPayers municipalities { id name } recognitions { kindLabel }
    prices { payerLabel hourlyCents validFrom validUntil } coordinators { id role firstName lastName email ${ACTIONS} } ${ACTIONS}
  } } }
  district { municipalities { id name } }
}`;
export const APPLICATIONS = `query PageApplications($first: Int, $after: String) {
  applications(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id version role stateLabel firstName lastName email assistant { introduction } ${ACTIONS} } }
}`;
export const DELEGATIONS = `query PageDelegations($first: Int, $after: String) {
  delegations(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id version state stateLabel kindLabel email yoursToAct principalName delegateName validUntil ${ACTIONS} } }
}`;
export const GRANT_DELEGATION = mutation("grantDelegation", "GrantDelegationInput", "Delegation", "id");
export const DELEGATION_ACTIONS = {
  ACCEPT_DELEGATION: mutation("acceptDelegation", "DelegationInput", "Delegation", "id stateLabel"),
  REVOKE_DELEGATION: mutation("revokeDelegation", "DelegationInput", "Delegation", "id stateLabel"),
};
export const REGISTER_BY_PHONE = mutation("registerByPhone", "RegisterByPhoneInput", "PhoneCodeSent", "message nextStep letter");
export const SEND_PHONE_CODE = mutation("sendPhoneCode", "SendPhoneCodeInput", "PhoneCodeSent", "message nextStep letter");
export const CONFIRM_BY_PHONE = mutation("confirmByPhone", "ConfirmByPhoneInput", "User", "id");
export const MESSAGES_TO_TELL = `query PageMessagesToTell($first: Int, $after: String) {
  messagesToTell(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id subject createdAt user { firstName lastName phone mobile } } }
}`;
export const RECORD_TOLD = mutation("recordTold", "RecordToldInput", "MessageTold", "message");
export const PROFILE = `query PageProfile { viewer { user { version street postcode phone mobile language ${TALKS}
  seeker { introduction introductionWarnings { message } needs { code } ${WINDOWS} }
  assistant { introduction introductionWarnings { message } employment activities { code } qualities { code } languages hasCar radiusKm ${WINDOWS} } } } }`;
export const UPDATE_PROFILE = mutation("updateProfile", "UpdateProfileInput", "User",
  "id version seeker { introductionWarnings { message } } assistant { introductionWarnings { message } }");
export const FORM_DRAFT = "query PageFormDraft($token: String!) { formDraft(token: $token) { form values { field value } } }";
export const SAVE_DRAFT = mutation("saveDraft", "SaveDraftInput", "FormDraft", "token expiresAt");
export const DISCARD_DRAFT = mutation("discardDraft", "DiscardDraftInput", "DraftDiscarded", "message");
export const PROVIDERS = `query PageProviders($first: Int, $after: String) {
  providers(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { id name } }
}`;
export const ATTACH_TO_PROVIDER = mutation("attachToProvider", "AttachToProviderInput", "Application", "id stateLabel");
export const APPLICATION_ACTIONS = {
  APPROVE_APPLICATION: mutation("approveApplication", "ApplicationInput", "Application", "id stateLabel"),
  REJECT_APPLICATION: mutation("rejectApplication", "ApplicationInput", "Application", "id stateLabel"),
  WITHDRAW_APPLICATION: mutation("withdrawApplication", "ApplicationInput", "Application", "id stateLabel"),
};
export const INVITE_COORDINATOR = mutation("inviteCoordinator", "InviteCoordinatorInput", "InvitationSent", "message nextStep");
export const SET_COORDINATOR_ROLE = mutation("setCoordinatorRole", "SetCoordinatorRoleInput", "Provider", "id");
export const REMOVE_COORDINATOR = mutation("removeCoordinator", "RemoveCoordinatorInput", "MembershipEnded", "message");
export const UPDATE_PROVIDER = mutation("updateProvider", "UpdateProviderInput", "Provider", "id");
export const SET_PRICE = mutation("setPrice", "SetPriceInput", "Provider", "id");
export const RECORD_TALK = mutation("recordTalk", "RecordTalkInput", "User", "id");
export const CORRECT_ANSWERS = mutation("correctTalkAnswers", "CorrectTalkAnswersInput", "User", TALKS);
export const RECORD_IDENTITY_CHECK = mutation("recordIdentityCheck", "RecordIdentityCheckInput", "User", "id");
export const RELEASE_ACCOUNT = mutation("releaseAccount", "ReleaseAccountInput", "User", "id");

export const FREE_SLOTS = `query PageFreeSlots($first: Int, $after: String) {
  talkSlots(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { id startsAt booking { id } }
  }
}`;
export const BOOK_TALK = mutation("bookTalk", "BookTalkInput", "User", "id");
export const CANCEL_TALK = mutation("cancelTalk", "CancelTalkInput", "User", "id");
export const PUBLISH_SLOTS = mutation("publishTalkSlots", "PublishTalkSlotsInput", "TalkSlotsChanged", "message nextStep");
export const CANCEL_SLOTS = mutation("cancelTalkSlots", "CancelTalkSlotsInput", "TalkSlotsChanged", "message nextStep");

export const REPORT_USER = mutation("reportUser", "ReportUserInput", "ReportReceived", "message nextStep");
export const REPORT_MESSAGE = mutation("reportMessage", "ReportMessageInput", "ReportReceived", "message nextStep");
export const HANDLE_REPORT = mutation("handleReport", "HandleReportInput", "ReportHandled", "message");
export const BLOCKS = "query PageBlocks { blocks { id name createdAt } }";
export const BLOCK_USER = mutation("blockUser", "BlockUserInput", "BlocksChanged", "message");
export const UNBLOCK_USER = mutation("unblockUser", "UnblockUserInput", "BlocksChanged", "message");

export const RECORD_RECOGNITION = mutation("recordRecognition", "RecordRecognitionInput", "Provider", "id");
