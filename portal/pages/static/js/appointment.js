// One appointment as a card: when, who comes, whose turn it is, and a button or form per action.
import { actionButtons } from "./actions.js";
import { readSpan, spanFields, spanText } from "./appointment_span.js";
import { APPOINTMENT_ACTIONS, ASK_STAND_IN, RECORD_TRUST, STAND_INS } from "./appointment_operations.js";
import { today } from "./berlin.js";
import { announce, h } from "./dom.js";
import { field, form, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { loading } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

const PLANNED = ["startsAt", "endsAt"];
const WORKED = ["startedAt", "endedAt"];
const REASONS = ["NOT_NEEDED", "NO_TIME", "CLIENT_ILL", "ASSISTANT_ILL", "HOLIDAY", "OTHER"];
const FORMS = { MOVE_APPOINTMENT: moving, RECORD_APPOINTMENT: recording, CANCEL_APPOINTMENT: cancelling, ASK_STAND_IN: standingIn };

/** The card; `page` reloads the list, and knows who looks and whether all contracts are shown. */
export function appointmentCard(appointment, page) {
  const item = h("li", { class: "card appointment" });
  const offered = appointment.availableActions.filter(({ available }) => available);
  const done = ({ stateLabel }) => page.changed(stateLabel, appointment.id);
  const send = (place, code, more = {}) => sendOperation(place, APPOINTMENT_ACTIONS[code],
    { appointmentId: appointment.id, ifVersion: appointment.version, ...more }, done);
  const owner = { appointment, page, send, item };
  item.append(
    h("h3", { tabindex: "-1", "data-focus": `${appointment.id} card` }, spanText(appointment.startsAt, appointment.endsAt)),
    h("p", {}, h("span", { class: "state appointment-state" }, appointment.stateLabel)),
    ...facts(appointment, page).map((text) => h("p", {}, text)),
    ...appointment.warnings.map(({ message }) => h("p", { class: "hint" }, message)),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", appointment.nextStep),
    actionButtons(offered.filter(({ code }) => !(code in FORMS)), appointment.id, ({ code }) => send(item, code)),
    ...offered.filter(({ code }) => code in FORMS).map((action) => fold(action, owner)),
    ...[trusting(owner), !page.id && appointment.contract && h("p", {},
      h("a", { href: `#appointments=${appointment.contract.id}` }, t("appointments.of_contract")))].filter(Boolean));
  return item;
}

function facts(appointment, { viewer }) {
  const seeks = viewer.role === "SEEKER";
  const { comerName, clientName, address, workedFrom, workedUntil, minutesWorked: minutes } = appointment;
  return [
    comerName && viewer.role !== "ASSISTANT" && t("appointments.comes", { name: comerName }),
    !seeks && clientName && t("appointments.with", { name: clientName }),
    !seeks && address && t("appointments.at", { address }),
    appointment.activities.map(({ label }) => label).join(", "),
    appointment.isPlanned && t("appointments.planned"),
    appointment.isStandIn && t("appointments.stands_in"),
    appointment.gap && t("appointments.gap"),
    appointment.cancelLabel && t("appointments.reason", { reason: appointment.cancelLabel }),
    workedFrom && t("appointments.worked", { span: spanText(workedFrom, workedUntil), minutes }),
  ].filter(Boolean);
}

function fold(action, owner) {
  const summary = h("summary", { "data-focus": `${owner.appointment.id} ${action.code}` }, action.label);
  const details = h("details", { class: "fold", "data-code": action.code }, summary);
  details.append(FORMS[action.code](action, owner, details));
  return details;
}

function moving({ code, label }, { appointment, send }) {
  const submit = (element) => {
    const span = readSpan(element, PLANNED);
    return span && send(element, code, span);
  };
  return form({}, submit, h("p", { class: "hint" }, t("appointments.move_hint")),
    spanFields(PLANNED, [appointment.startsAt, appointment.endsAt]), end(label));
}

function recording({ code, label }, { appointment, send }) {
  const submit = (element) => {
    const span = readSpan(element, WORKED);
    return span && send(element, code, span);
  };
  const known = [appointment.workedFrom ?? appointment.startsAt, appointment.workedUntil ?? appointment.endsAt];
  return form({}, submit, h("p", { class: "hint" }, t("appointments.record_hint")),
    spanFields(WORKED, known, { max: today() }), end(label));
}

function cancelling({ code, label }, { send }) {
  return form({}, (element) => send(element, code, valuesOf(element)),
    field(select("reason", REASONS.map((reason) => [reason, t(`cancel.${reason}`)]), "NO_TIME"), t("field.why")), end(label));
}

/** Who could come instead is read when somebody wants to know. */
function standingIn(_action, { appointment, page }, details) {
  const place = h("div", {});
  const read = () => drawNewest(place, () => query(STAND_INS, { id: appointment.id }), ({ standIns }) => place.replaceChildren(standIns.length
    ? h("ol", { class: "stand-ins" }, ...standIns.map((each, at) => candidate(each, at, appointment, page)))
    : h("p", {}, t("appointments.nobody"))));
  details.addEventListener("toggle", () => details.open && loading(place, read));
  return place;
}

function candidate({ assistantId, firstName, distanceClass, wishes }, at, appointment, page) {
  const name = firstName ?? t("appointments.somebody", { number: at + 1 });
  const item = h("li", {}, h("p", {}, [name, distanceClass, ...wishes].filter(Boolean).join(" · ")));
  item.append(h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet", on: {
    click: () => sendOperation(item, ASK_STAND_IN, { appointmentId: appointment.id, assistantId },
      ({ stateLabel }) => page.changed(stateLabel, appointment.id)),
  } }, t("appointments.ask", { name }))));
  return item;
}

/** Each of the two people says it for themselves, and nobody reads it. */
function trusting({ appointment, page: { viewer } }) {
  if (appointment.state !== "CONFIRMED" || viewer.role === "COORDINATOR" || viewer.actsAs) return null;
  const element = h("div", { class: "trust", role: "group", "aria-label": t("appointments.trust") });
  const answer = (wouldMeetAgain, label) => h("button", { type: "button", class: "quiet", on: {
    click: () => sendOperation(element, RECORD_TRUST, { appointmentId: appointment.id, wouldMeetAgain }, ({ message }) => {
      said.textContent = message;
      announce(message);
    }),
  } }, label);
  const said = h("p", { class: "hint" }, t("appointments.trust_hint"));
  element.append(h("p", {}, t("appointments.trust")), said, h("div", { class: "actions form-end" }, answer(true, t("yes")), answer(false, t("no"))));
  return element;
}

function end(label) {
  return h("div", { class: "form-end" }, h("button", {}, label));
}
