// The appointments of one contract, or all that concern the viewer: the next ones and open ones, live.
import { appointmentCard } from "./appointment.js";
import {
  APPOINTMENTS, APPOINTMENTS_CHANGED, APPOINTMENTS_LATER, CONTRACT_DATES, PROPOSE_APPOINTMENT,
} from "./appointment_operations.js";
import { readSpan, spanFields } from "./appointment_span.js";
import { dayAfter, instantOf, today } from "./berlin.js";
import { comerField, ownPeople } from "./comer.js";
import { announce, drawList, h, showView } from "./dom.js";
import { form, valuesOf } from "./forms.js";
import { choiceSection } from "./funding_choice.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { watch } from "./live.js";
import { drawNewest } from "./newest.js";
import { OWN_PEOPLE } from "./operations.js";
import { plansSection } from "./plans.js";
import { sendOperation } from "./sending.js";
import { statementSection } from "./statement.js";
import { t } from "./texts.js";

const WINDOW = 14; // days that are asked for at once
const GATHER = 150;
const LATER = 2000;
const OPEN = ["PROPOSED", "CLIENT_AGREED", "FIXED", "WORKED"];
const SPAN = ["startsAt", "endsAt"];

/** Draws the list, of one contract with its plans and hours; gives the function that stops following. */
export async function showAppointments(id, viewer) {
  const page = { id, viewer, windows: 2, versions: null, timer: null, parts: [] };
  const contract = id ? (await query(CONTRACT_DATES, { id })).contract : null;
  if (id && !contract) {
    showView(t("appointments.gone"), h("p", {}, back(null)));
    return () => {};
  }
  prepare(page);
  if (contract) {
    const own = contract.provider ? await ownPeople(OWN_PEOPLE, viewer) : [];
    const hours = statementSection(contract);
    page.parts = [proposing(page, own), plansSection(page, own), hours];
    page.choice = viewer.role === "SEEKER" && await choiceSection(contract, hours.update);
  }
  await load(page, contract);
  showView(t("appointments.title"), h("p", {}, back(contract)),
    contract && h("p", { class: "lead" }, t("appointments.between", { names: namesOf(contract) })),
    h("section", { "aria-labelledby": "coming" }, h("h2", { id: "coming" }, t("appointments.next")), page.none, page.list, page.more),
    ...page.parts.map(({ element }) => element), page.choice);
  const stop = watch(APPOINTMENTS_CHANGED, {}, { onEvent: page.soon, onResync: page.soon });
  return () => {
    stop();
    clearTimeout(page.timer);
  };
}

function prepare(page) {
  page.list = h("ul", { class: "cards", id: "appointments" });
  page.none = h("p", {}, t("appointments.none"));
  page.more = h("button", { type: "button", class: "quiet", id: "later-appointments", on: { click: () => {
    page.windows += 2;
    page.soon(null, 0);
  } } });
  page.soon = (_event, pause = GATHER) => {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => load(page).catch(() => page.soon(null, LATER)), pause);
  };
  page.reload = () => load(page);
  page.changed = async (sentence, key) => {
    await load(page, undefined, sentence);
    if (document.activeElement === document.body) page.list.querySelector(`[data-key="${CSS.escape(key)}"] h3`)?.focus();
  };
}

/** A sentence is said by whoever asked, whichever answer is drawn. */
async function load(page, known, sentence = null) {
  page.sentence = sentence ?? page.sentence;
  await drawNewest(page, () => read(page, known), (found) => draw(page, found));
}

async function read(page, known) {
  const [contract, ...lists] = await Promise.all([
    page.id && (known ?? query(CONTRACT_DATES, { id: page.id }).then((found) => found.contract)),
    ...conditions(page).map((where) => firstRows(async (part) => (await query(APPOINTMENTS, { ...part, where })).appointments)),
  ]);
  const { appointments: { totalCount } } = await query(APPOINTMENTS_LATER, { where: within(page, dayFrom(page.windows * WINDOW), null) });
  return { contract, totalCount, lists };
}

function draw(page, { contract, totalCount, lists }) {
  if (page.id && !contract) {
    location.hash = "appointments";
    return;
  }
  const found = lists.flatMap(({ nodes }) => nodes).sort((one, other) => one.startsAt.localeCompare(other.startsAt));
  page.none.hidden = found.length > 0;
  page.more.hidden = totalCount === 0;
  page.more.textContent = t("appointments.later", { number: totalCount });
  drawList(page.list, found, ({ id }) => id, (each) => appointmentCard(each, page));
  tell(page, found);
  for (const part of page.parts) part.update?.(contract);
}

/** What lies behind and is open, or was a moment ago; then some weeks, one after the other. */
function conditions(page) {
  const now = dayFrom(0);
  const recent = { ...within(page, null, now), or: [{ state: OPEN }, { startsAtFrom: dayFrom(-WINDOW) }] };
  return [recent, ...[...Array(page.windows).keys()].map((at) => within(page, dayFrom(at * WINDOW), dayFrom((at + 1) * WINDOW)))];
}

function within({ id }, from, until) {
  return { ...(id && { contractId: id }), ...(from && { startsAtFrom: from }), ...(until && { startsAtUntil: until }) };
}

function dayFrom(days) {
  return instantOf(dayAfter(today(), days), "00:00");
}

/** Says aloud what came of the own action, or that something is other than before. */
function tell(page, found) {
  const { sentence, versions: before } = page;
  page.sentence = null;
  page.versions = new Map(found.map(({ id, version }) => [id, version]));
  const number = before ? found.filter(({ id, version }) => before.get(id) !== version).length : 0;
  if (sentence) announce(sentence);
  else if (number > 0) announce(t("appointments.changed", { number }));
}

function proposing(page, own) {
  const send = (element) => {
    const span = readSpan(element, SPAN);
    return span && sendOperation(element, PROPOSE_APPOINTMENT,
      { contractId: page.id, ...span, assistantId: valuesOf(element).assistantId ?? null }, async ({ id, stateLabel }) => {
        element.reset();
        element.closest("details").open = false;
        element.closest("details").querySelector("summary").focus();
        await page.changed(stateLabel, id);
      });
  };
  const summary = h("summary", {});
  const element = h("details", { class: "fold paper", id: "propose-appointment", hidden: true }, summary,
    form({}, send, spanFields(SPAN), comerField(own), h("div", { class: "form-end" }, h("button", {}, t("appointments.propose")))));
  return { element, update: ({ availableActions }) => {
    const action = availableActions.find(({ code, available }) => available && code === "PROPOSE_APPOINTMENT");
    element.hidden = !action;
    summary.textContent = action?.label ?? "";
  } };
}

function namesOf({ seeker, assistant, provider }) {
  return [seeker?.firstName, assistant?.firstName, provider?.name].filter(Boolean).join(", ");
}

function back(contract) {
  return h("a", { href: contract?.match ? `#match=${contract.match.id}` : "#" }, `← ${t("match.back")}`);
}
