// Meetings of a match: proposed dates, choosing, confirming, and what became of them.
import { actionButtons, offers } from "./actions.js";
import { instantOf, today } from "./berlin.js";
import { freshId, h } from "./dom.js";
import { field, form, input, radios, select, valuesOf } from "./forms.js";
import { MEETING_ACTIONS, PROPOSE_MEETINGS } from "./operations.js";
import { showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const DATES = 3;

/** The section of a match's meetings, with a form for the first dates where the portal offers it. */
export function meetingsSection(match, page) {
  const known = match.meetings ?? [];
  const begins = offers(match, "PROPOSE_MEETINGS");
  if (!known.length && !begins) return null;
  return h("section", { "aria-labelledby": "meetings-heading", id: "meetings" },
    h("h2", { id: "meetings-heading" }, t("meetings.title")),
    h("ul", { class: "cards" }, ...known.map((each) => card(each, match, page))),
    begins && proposing(match, page, t("meetings.propose")));
}

function card(meeting, match, page) {
  const item = h("li", { class: "card meeting", "data-key": meeting.id });
  const send = (code, more = {}) => sendOperation(item, MEETING_ACTIONS[code],
    { meetingId: meeting.id, ifVersion: meeting.version, ...more }, page.reload);
  const offered = (code) => offers(meeting, code);
  item.append(
    h("h3", {}, meeting.kindLabel),
    h("p", {}, h("span", { class: "state meeting-state" }, meeting.stateLabel)),
    ...[
      meeting.startsAt && h("p", {}, h("strong", {}, instant(meeting.startsAt))),
      meeting.state === "PROPOSED" && !offered("CHOOSE_MEETING") && proposed(meeting),
      meeting.place && h("p", {}, `${t("field.place")}: ${meeting.place}`),
      meeting.link && h("p", {}, h("a", { href: meeting.link, rel: "noreferrer" }, t("meetings.link"))),
      h("ul", { class: "people" }, ...meeting.people.map((each) => h("li", {},
        `${each.sideLabel}: ${each.confirmed ? t("meetings.confirmed") : t("meetings.waiting")}`))),
      ...meeting.warnings.map(({ message }) => h("p", { class: "hint" }, message)),
      h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", meeting.nextStep),
      offered("CHOOSE_MEETING") && choosing(meeting, send),
      offered("MOVE_MEETING") && proposing(match, page, t("meetings.other_dates"), meeting),
      actionButtons(buttons(meeting), meeting.id, ({ code, outcome }) => send(code, extra(code, outcome))),
    ].flat().filter(Boolean));
  return item;
}

/** What is one press; recording has two outcomes. */
function buttons({ availableActions }) {
  const plain = availableActions.filter(({ code, available }) => available && ["CONFIRM_MEETING", "CANCEL_MEETING"].includes(code));
  const record = availableActions.find(({ code, available }) => available && code === "RECORD_MEETING");
  const outcomes = record ? ["HELD", "MISSED"].map((outcome) => ({ ...record, outcome, label: t(`meetings.${outcome}`) })) : [];
  return [...plain, ...outcomes];
}

function extra(code, outcome) {
  if (code === "CANCEL_MEETING") return { reason: "NO_TIME" };
  return code === "RECORD_MEETING" ? { outcome } : {};
}

/** Whoever proposed dates, or waits for them to be chosen, goes on seeing which they are. */
function proposed({ dates }) {
  return [h("p", {}, t("meetings.proposed")), h("ul", { class: "facts proposed" }, ...dates.map(({ startsAt }) => h("li", {}, instant(startsAt))))];
}

function choosing(meeting, send) {
  const dates = meeting.dates.map(({ id, startsAt }) => [id, instant(startsAt)]);
  const take = (element) => {
    const { dateId } = valuesOf(element);
    return dateId ? send("CHOOSE_MEETING", { dateId }) : showRefusal(element, { field: "dateId", message: t("meetings.unchosen"), remedy: t("meetings.unchosen_remedy") });
  };
  return form({ class: "choose" }, take,
    radios("dateId", t("meetings.choose"), dates),
    h("div", { class: "form-end" }, h("button", {}, t("meetings.take"))));
}

function proposing(match, page, title, meeting = null) {
  const kind = meeting?.kind ?? "INTRODUCTION";
  const rows = [...Array(DATES).keys()].map((at) => h("div", { class: "row date" },
    field(input(`date${at}`, "date", "", { min: today() }), t("meetings.day", { number: at + 1 })),
    field(input(`time${at}`, "time", "", {}), t("meetings.time", { number: at + 1 }))));
  const send = (element) => {
    const values = valuesOf(element);
    const dates = datesIn(element, values);
    if (!dates) return null;
    const said = { minutes: Number(values.minutes), dates, place: values.place || null, ifVersion: meeting?.version ?? null };
    const [operation, about] = meeting?.state === "CONFIRMED"
      ? [MEETING_ACTIONS.MOVE_MEETING, { meetingId: meeting.id }] : [PROPOSE_MEETINGS, { matchId: match.id, kind }];
    return sendOperation(element, operation, { ...about, ...said }, () => {
      element.removeAttribute("data-touched");
      return page.reload();
    });
  };
  return h("details", { class: "fold propose", "data-key": `${meeting?.id ?? match.id} propose` }, h("summary", {}, title),
    form({ id: freshId("propose") }, send, ...rows,
      field(select("minutes", [["30", "30"], ["60", "60"], ["90", "90"]], String(meeting?.minutes ?? 60)), t("field.durationMinutes")),
      kind === "INTRODUCTION" && field(input("place", "text", meeting?.place ?? "", {}), t("field.place")),
      h("div", { class: "form-end" }, h("button", {}, t("meetings.send")))));
}

/** The dates that are filled in; null, and said at its row, where half of one is or there is none. */
function datesIn(element, values) {
  const filled = [...element.querySelectorAll(".date")].map((row, at) => ({ row, date: values[`date${at}`], time: values[`time${at}`] }))
    .filter(({ row, date, time }) => {
      delete row.dataset.field;
      return date || time;
    });
  // A problem is named by the place of its date among those that are sent.
  filled.forEach(({ row }, at) => { row.dataset.field = `dates.${at}`; });
  if (!filled.length) element.querySelector(".date").dataset.field = "dates.0";
  const half = filled.map(({ date, time }, at) => ({ at, whole: date && time })).filter(({ whole }) => !whole)
    .map(({ at }) => ({ field: `dates.${at}`, message: t("meetings.half"), remedy: t("form.missing_remedy") }));
  const problems = filled.length ? half : [{ field: "dates.0", message: t("meetings.empty"), remedy: t("meetings.empty_remedy") }];
  if (problems.length) {
    showRefusal(element, { problems });
    return null;
  }
  return filled.map(({ date, time }) => instantOf(date, time));
}
