// What customer service reads at its desk.
import { ACTIONS, TALKS } from "./operations.js";

const PAGE = "totalCount pageInfo { hasNextPage endCursor }";

export const ACCOUNTS = `query PageAccounts($first: Int, $after: String, $where: AccountFilter) {
  accounts(first: $first, after: $after, where: $where) { ${PAGE} nodes {
    id version role state stateLabel firstName lastName email phone mobile emailConfirmed nextStep
    ${TALKS}
    talkBooking { id channel wishes slot { startsAt } }
    identityChecks { document verdict checkedOn } seeker { id }
    ${ACTIONS}
  } }
}`;
export const PROOFS_DUE = `query PageProofsDue($first: Int, $after: String) {
  proofsDue(first: $first, after: $after) { ${PAGE}
    nodes { id firstName lastName employment proofs { kind label state stateLabel validUntil } ${ACTIONS} }
  }
}`;
export const TALKS_OF_DAY = `query PageTalksOfDay($first: Int, $after: String, $where: TalkSlotFilter) {
  talkSlots(first: $first, after: $after, where: $where) { pageInfo { hasNextPage endCursor }
    nodes { id startsAt booking { channel wishes state stateLabel user { firstName lastName phone mobile } } }
  }
}`;
export const REPORTS = `query PageReports($first: Int, $after: String) {
  reports(first: $first, after: $after) { ${PAGE}
    nodes { id reason note messageText createdAt reporter { firstName lastName roleLabel phone mobile email }
      subject { firstName lastName roleLabel } provider { name } }
  }
}`;
export const RECOGNITIONS = `query PageRecognitions($first: Int, $after: String) {
  providers(first: $first, after: $after) { ${PAGE}
    nodes { id name recognitions { kindLabel validFrom validUntil } ${ACTIONS} } }
}`;
export const DESK_ORDERS = `query PageDeskOrders($first: Int, $after: String) {
  orders(first: $first, after: $after) { ${PAGE} nodes { id kind stateLabel createdAt seeker { firstName lastName } } }
}`;
export const OPEN_TASKS = `query PageOpenTasks {
  deskTasks { identityChecks releases proofsMissing proofsEnding { days number } }
  reports(first: 1) { totalCount } orders(first: 1, where: { state: [DRAFT] }) { totalCount } messagesToTell(first: 1) { totalCount }
}`;
