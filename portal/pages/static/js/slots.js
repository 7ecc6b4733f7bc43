// Customer service: the talks of today, and offering times for talks.
import { dayAfter, instantOf, today, wallTime } from "./berlin.js";
import { TALKS_OF_DAY } from "./desk_operations.js";
import { announce, drawList, h } from "./dom.js";
import { field, form, input, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { CANCEL_SLOTS, PUBLISH_SLOTS } from "./operations.js";
import { missing, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

/** A section that shows today's talks and offers new times; `changed` is called when some were withdrawn or offered. */
export async function talksSection(changed = () => {}) {
  const page = { changed, list: h("ul", { class: "cards", id: "todays-talks" }), none: h("p", {}, t("slots.none")) };
  await load(page);
  return h("section", { "aria-labelledby": "today" },
    h("h2", { id: "today" }, t("slots.today")), page.none, page.list, publishing(page));
}

/** The times of today that somebody has booked, the earliest first. */
export async function talksToday() {
  const where = { startsAtFrom: instantOf(today(), "00:00"), startsAtUntil: instantOf(dayAfter(today()), "00:00") };
  const { nodes } = await firstRows(async (which) => (await query(TALKS_OF_DAY, { ...which, where })).talkSlots);
  return nodes.filter(({ booking }) => booking);
}

function load(page) {
  return drawNewest(page, talksToday, (booked) => {
    page.none.hidden = booked.length > 0;
    drawList(page.list, booked, ({ id }) => id, (slot) => talk(slot, page));
  });
}

function talk({ id, startsAt, booking: { channel, wishes, stateLabel, state, user } }, page) {
  const item = h("li", { class: "card" },
    h("h3", {}, `${wallTime(startsAt).time} ${user.firstName} ${user.lastName}`),
    h("p", {}, [t(`channel.${channel}`), user.phone ?? user.mobile, ...wishes.map((wish) => t(`wish.${wish}`))]
      .filter(Boolean).join(" · ")),
    h("p", {}, h("span", { class: "state" }, stateLabel)),
    h("div", { class: "form-end" }, state === "BOOKED" && h("button", { type: "button", class: "quiet", on: {
      click: () => send(item, CANCEL_SLOTS, { slotIds: [id] }, page),
    } }, t("slots.withdraw"))));
  return item;
}

function publishing(page) {
  const windows = windowsEditor(t("slots.windows"), [], undefined, t("slots.windows_hint"));
  const submit = (element) => {
    const { from, to } = valuesOf(element);
    if (!from || !to) {
      showRefusal(element, missing(from ? "to" : "from"));
      return null;
    }
    return send(element, PUBLISH_SLOTS, { from, to, windows: windowsIn(windows) }, page);
  };
  return h("details", { class: "fold" }, h("summary", {}, t("slots.publish")),
    form({ id: "publish-slots" }, submit,
      h("p", { class: "hint" }, t("slots.hint")),
      h("div", { class: "row" },
        field(input("from", "date", today(), { min: today() }), t("slots.from")),
        field(input("to", "date", today(), { min: today() }), t("slots.to"))),
      windows,
      h("div", { class: "form-end" }, h("button", {}, t("slots.send")))));
}

function send(place, operation, values, page) {
  return sendOperation(place, operation, values, async ({ message, nextStep }) => {
    announce(`${message} ${nextStep}`);
    await load(page);
    await page.changed();
  });
}
