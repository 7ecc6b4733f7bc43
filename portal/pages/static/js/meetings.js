// Meetings of a match: proposed dates, choosing, confirming, and what became of them.
import { actionButtons } from "./actions.js";
import { instantOf, today } from "./berlin.js";
import { freshId, h } from "./dom.js";
import { field, form, input, radios, select, valuesOf } from "./forms.js";
import { MEETING_ACTIONS, PROPOSE_MEETINGS } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const OPEN = ["PROPOSED", "CONFIRMED"];
const DATES = 3;

/** The section of a match's meetings, with a form for new dates where they can be proposed. */
export function meetingsSection(match, page) {
  const known = match.meetings ?? [];
  const commissioned = ["REQUESTED", "AWARDED", "MEETING"].includes(match.state);
  if (!known.length && !commissioned) return null;
  const open = known.some(({ state, kind }) => OPEN.includes(state) && kind === "INTRODUCTION");
  const held = known.some(({ state, kind }) => state === "HELD" && kind === "INTRODUCTION");
  return h("section", { "aria-labelledby": "meetings-heading", id: "meetings" },
    h("h2", { id: "meetings-heading" }, t("meetings.title")),
    h("ul", { class: "cards" }, ...known.map((each) => card(each, match, page))),
    commissioned && !open && !held && proposing(match, page, t("meetings.propose")));
}

function card(meeting, match, page) {
  const item = h("li", { class: "card meeting" });
  const send = (code, more = {}) => sendOperation(item, MEETING_ACTIONS[code],
    { meetingId: meeting.id, ifVersion: meeting.version, ...more }, page.reload);
  const offered = (code) => meeting.availableActions.some((each) => each.code === code && each.available);
  item.append(
    h("h3", {}, meeting.kindLabel),
    h("p", {}, h("span", { class: "state meeting-state" }, meeting.stateLabel)),
    ...[
      meeting.startsAt && h("p", {}, h("strong", {}, instant(meeting.startsAt))),
      meeting.place && h("p", {}, `${t("field.place")}: ${meeting.place}`),
      meeting.link && h("p", {}, h("a", { href: meeting.link, rel: "noreferrer" }, t("meetings.link"))),
      h("ul", { class: "people" }, ...meeting.people.map((each) => h("li", {},
        `${each.sideLabel}: ${each.confirmed ? t("meetings.confirmed") : t("meetings.waiting")}`))),
      ...meeting.warnings.map(({ message }) => h("p", { class: "hint" }, message)),
      h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", meeting.nextStep),
      offered("CHOOSE_MEETING") && choosing(meeting, send),
      OPEN.includes(meeting.state) && proposing(match, page, t("meetings.other_dates"), meeting),
      actionButtons(buttons(meeting), meeting.id, ({ code, outcome }) => send(code, extra(code, outcome))),
    ].filter(Boolean));
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

function choosing(meeting, send) {
  const dates = meeting.dates.map(({ id, startsAt }) => [id, instant(startsAt)]);
  return form({ class: "choose" }, (element) => send("CHOOSE_MEETING", { dateId: valuesOf(element).dateId }),
    radios("dateId", t("meetings.choose"), dates, dates[0][0]),
    h("div", { class: "form-end" }, h("button", {}, t("meetings.take"))));
}

function proposing(match, page, title, meeting = null) {
  const kind = meeting?.kind ?? "INTRODUCTION";
  const rows = [...Array(DATES).keys()].map((at) => h("div", { class: "row", "data-field": at ? null : "dates" },
    field(input(`date${at}`, "date", "", { min: today() }), t("meetings.day", { number: at + 1 })),
    field(input(`time${at}`, "time", "", {}), t("meetings.time", { number: at + 1 }))));
  const send = (element) => {
    const values = valuesOf(element);
    const dates = [...Array(DATES).keys()].filter((at) => values[`date${at}`] && values[`time${at}`])
      .map((at) => instantOf(values[`date${at}`], values[`time${at}`]));
    const said = { minutes: Number(values.minutes), dates, place: values.place || null, ifVersion: meeting?.version ?? null };
    const [operation, about] = meeting?.state === "CONFIRMED"
      ? [MEETING_ACTIONS.MOVE_MEETING, { meetingId: meeting.id }] : [PROPOSE_MEETINGS, { matchId: match.id, kind }];
    return sendOperation(element, operation, { ...about, ...said }, () => {
      element.removeAttribute("data-touched");
      return page.reload();
    });
  };
  return h("details", { class: "fold propose" }, h("summary", {}, title),
    form({ id: freshId("propose") }, send, ...rows,
      field(select("minutes", [["30", "30"], ["60", "60"], ["90", "90"]], String(meeting?.minutes ?? 60)), t("field.durationMinutes")),
      kind === "INTRODUCTION" && field(input("place", "text", meeting?.place ?? "", {}), t("field.place")),
      h("div", { class: "form-end" }, h("button", {}, t("meetings.send")))));
}

