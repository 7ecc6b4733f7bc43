// When an assistant is away: saying so and taking it back, for oneself or for the own people of a provider.
import { ABSENCES_OF_PEOPLE, CANCEL_ABSENCE, OWN_ABSENCES, REPORT_ABSENCE } from "./account_operations.js";
import { spanText } from "./appointment_span.js";
import { dayAfter, instantOf, today, wallTime } from "./berlin.js";
import { ownPeople } from "./comer.js";
import { announce, drawList, h, showView } from "./dom.js";
import { field, form, input, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { missing, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { day, t } from "./texts.js";

const MIDNIGHT = "00:00";

/** Draws the view: what lies ahead, and the form. */
export async function showAbsences(viewer) {
  const page = { viewer, list: h("ul", { class: "cards", id: "absences" }), none: h("p", { id: "no-absences" }, t("absences.none")) };
  const others = viewer.role === "COORDINATOR";
  const people = await load(page);
  page.heading = h("h2", { id: "ahead" }, t("absences.ahead"));
  showView(others ? t("absences.title_others") : t("absences.title"),
    h("p", {}, h("a", { href: others ? "#team" : "#" }, `← ${t("profile.back")}`)),
    h("p", { class: "lead" }, others ? t("absences.lead_others") : t("absences.lead")),
    others && people.length === 0 ? h("p", { id: "nobody-away" }, t("absences.nobody")) : reporting(page, others && people),
    h("section", { "aria-labelledby": "ahead" }, page.heading, page.none, page.list));
}

function load(page) {
  return drawNewest(page, () => (page.viewer.role === "ASSISTANT" ? oneself() : ownPeople(ABSENCES_OF_PEOPLE, page.viewer)), (people) => draw(page, people));
}

function draw(page, people) {
  const now = Date.now();
  const ahead = people.flatMap(({ name, busy }) => busy.filter(({ kind, endsAt }) => kind === "ABSENCE" && Date.parse(endsAt) > now)
    .map((each) => ({ ...each, name }))).sort((one, other) => one.beginsAt.localeCompare(other.beginsAt));
  page.none.hidden = ahead.length > 0;
  drawList(page.list, ahead, ({ id }) => id, (each) => card(each, page));
  return people;
}

async function oneself() {
  const { viewer: { user: { assistant } } } = await query(OWN_ABSENCES);
  return [{ ...assistant, name: null }];
}

function card({ id, name, beginsAt, endsAt }, page) {
  const span = lasting(beginsAt, endsAt);
  const item = h("li", { class: "card absence" });
  const takeBack = () => sendOperation(item, CANCEL_ABSENCE, { busyId: id }, async () => {
    await load(page);
    announce(t("absences.taken_back"));
  });
  item.append(
    h("h3", {}, name ?? span), name ? h("p", {}, span) : "",
    h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet take-back",
      "aria-label": t("absences.take_back_which", { what: [name, span].filter(Boolean).join(", ") }), on: { click: takeBack } }, t("absences.take_back"))));
  return item;
}

/** From when until when, as people say it: whole days by their names. */
function lasting(beginsAt, endsAt) {
  const [first, after] = [wallTime(beginsAt), wallTime(endsAt)];
  if (first.time !== MIDNIGHT || after.time !== MIDNIGHT) return spanText(beginsAt, endsAt);
  const last = dayAfter(after.date, -1);
  return first.date === last ? day(last) : t("appointments.span", { from: day(first.date), until: day(last) });
}

/** The form; for whom it is chosen among `others`, if there are any. */
function reporting(page, others) {
  const send = (element) => {
    const { assistantId, firstDay, from = MIDNIGHT, lastDay = firstDay, until } = valuesOf(element);
    if (!firstDay) {
      showRefusal(element, missing("beginsAt"));
      return null;
    }
    const endsAt = until ? instantOf(lastDay, until) : instantOf(dayAfter(lastDay), MIDNIGHT);
    return sendOperation(element, REPORT_ABSENCE, { assistantId, beginsAt: instantOf(firstDay, from), endsAt }, async () => {
      element.reset();
      await load(page);
      page.heading.setAttribute("tabindex", "-1");
      page.heading.focus();
      announce(t("absences.saved"));
    });
  };
  return form({ id: "absence", class: "paper" }, send,
    h("h2", {}, others ? t("absences.report_others") : t("absences.report")),
    others && field(select("assistantId", others.map(({ id, name }) => [id, name]), others[0].id), t("absences.who")),
    moment("beginsAt", ["firstDay", "from"], [t("absences.first"), t("absences.from")], true),
    moment("endsAt", ["lastDay", "until"], [t("absences.last"), t("absences.until")]),
    h("p", { class: "hint" }, others ? t("absences.hint_others") : t("absences.hint")),
    h("div", { class: "form-end" }, h("button", {}, t("absences.send"))));
}

function moment(name, [date, time], [dateLabel, timeLabel], required = false) {
  return h("div", { class: "row", "data-field": name },
    field(input(date, "date", "", { min: today() }), dateLabel, { required }), field(input(time, "time"), timeLabel));
}
