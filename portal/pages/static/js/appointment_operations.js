// The operations of appointments: reading them, their plans and statements, and what can be done.
import { ACTIONS, mutation } from "./operations.js";

const APPOINTMENT = `fragment AppointmentParts on Appointment {
  id version state stateLabel startsAt endsAt workedFrom workedUntil minutesWorked cancelLabel
  isStandIn isPlanned gap activities { label } clientName address comerName contract { id }
  warnings { message } nextStep ${ACTIONS}
}`;

export const CONTRACT_DATES = `query PageContractDates($id: ID!) {
  contract(id: $id) {
    id version stateLabel startsOn endsOn seeker { firstName } assistant { firstName } provider { name } match { id } ${ACTIONS}
    plans { id version proposedBy interval slots { day clock } minutes firstOn lastOn holidaysLabel plannedUntil agreedAt endedAt
      assistant { firstName } ${ACTIONS} }
  }
}`;
export const APPOINTMENTS = `${APPOINTMENT}
query PageAppointments($where: AppointmentFilter, $first: Int, $after: String) {
  appointments(first: $first, after: $after, where: $where, orderBy: OLDEST_FIRST) {
    pageInfo { hasNextPage endCursor } nodes { ...AppointmentParts }
  }
}`;
export const APPOINTMENTS_LATER = `query PageAppointmentsLater($where: AppointmentFilter) {
  appointments(first: 1, where: $where) { totalCount }
}`;
export const APPOINTMENTS_CHANGED = `subscription PageAppointmentsChanged($after: String) {
  appointmentsChanged(after: $after) {
    __typename
    ... on AppointmentsReady { eventId }
    ... on AppointmentChanged { eventId }
    ... on ResyncRequired { eventId message }
  }
}`;
export const PROPOSE_APPOINTMENT = mutation("proposeAppointment", "ProposeAppointmentInput", "Appointment", "id stateLabel");
export const APPOINTMENT_ACTIONS = {
  AGREE_APPOINTMENT: mutation("agreeAppointment", "AppointmentInput", "Appointment", "id stateLabel"),
  MOVE_APPOINTMENT: mutation("moveAppointment", "MoveAppointmentInput", "Appointment", "id stateLabel"),
  RECORD_APPOINTMENT: mutation("recordAppointment", "RecordAppointmentInput", "Appointment", "id stateLabel"),
  CONFIRM_APPOINTMENT: mutation("confirmAppointment", "AppointmentInput", "Appointment", "id stateLabel"),
  CANCEL_APPOINTMENT: mutation("cancelAppointment", "CancelAppointmentInput", "Appointment", "id stateLabel"),
};
export const STAND_INS = `query PageStandIns($id: ID!) {
  standIns(appointmentId: $id) { assistantId firstName distanceClass wishes }
}`;
export const ASK_STAND_IN = mutation("askStandIn", "AskStandInInput", "Appointment", "id stateLabel");
export const RECORD_TRUST = mutation("recordTrust", "RecordTrustInput", "TrustRecorded", "message");
export const PLAN_APPOINTMENTS = mutation("planAppointments", "PlanAppointmentsInput", "AppointmentPlan", "id");
export const PLAN_ACTIONS = {
  AGREE_PLAN: mutation("agreePlan", "AgreePlanInput", "AppointmentPlan", "id"),
  END_PLAN: mutation("endPlan", "EndPlanInput", "AppointmentPlan", "id"),
};
export const STATEMENT = `query PageStatement($id: ID!, $month: String!) {
  monthlyStatement(contractId: $id, month: $month) {
    minutes cents confirmedMinutes confirmedCents printouts { form address }
    lines { appointmentId beginsAt endsAt minutes cents confirmed comerName parts { minutes cents payer legalBasis } }
  }
}`;
