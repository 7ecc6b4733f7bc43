// The introductory talk of somebody who waits for it: free times by day, the booked one.
import { actionButtons } from "./actions.js";
import { wallTime } from "./berlin.js";
import { announce, h, showView } from "./dom.js";
import { check, group, radios } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { BOOK_TALK, CANCEL_TALK, FREE_SLOTS } from "./operations.js";
import { showFailure } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { viewer as askViewer } from "./session.js";
import { day, instant, t } from "./texts.js";
import { whenNews } from "./unread.js";

const PAGE = 100;
const PAUSE = 20_000;
const WISHES = ["INTERPRETER", "PLAIN_LANGUAGE", "SIGN_LANGUAGE"];

/** Whether the talk is what comes next for this viewer. */
export function waitsForTalk({ user }) {
  return Boolean(user?.availableActions.some(({ code }) => code === "BOOK_TALK"));
}

/** Draws the view and follows it: times come and go, and once the talk is behind, `home` is called. */
export async function showTalk(viewer, home) {
  const page = { viewer, home, slots: [], number: PAGE };
  page.step = h("p", { class: "next-step" });
  page.booked = h("div");
  page.days = h("div", { id: "slots" });
  page.how = h("div", {},
    radios("channel", t("talk.channel"), [["PHONE", t("channel.PHONE")], ["VIDEO", t("channel.VIDEO")]], "PHONE"),
    group("wishes", t("talk.wishes"), null, ...WISHES.map((wish) => check("wishes", t(`wish.${wish}`), false, wish))));
  page.more = h("button", { type: "button", class: "quiet", hidden: true, on: { click: () => further(page) } }, t("list.more"));
  page.place = h("section", { "aria-labelledby": "free" },
    h("h2", { id: "free" }, t("talk.free")), h("p", {}, t("talk.hint")), page.how,
    h("div", { class: "form-end" }), page.days, page.more);
  showView(t("talk.title"), page.step, page.booked, page.place);
  drawBooked(page);
  await load(page, viewer);
  const look = () => page.busy || load(page).catch(() => {});
  const [stop, timer] = [whenNews(look), setInterval(look, PAUSE)];
  return () => {
    stop();
    clearInterval(timer);
  };
}

function load(page, known = null) {
  return drawNewest(page, () => read(page, known), (found) => draw(page, found));
}

/** The viewer, and as many times as are wanted while the talk is what comes next. */
async function read({ number }, known) {
  const viewer = known ?? await askViewer();
  const { nodes: slots, hasNextPage } = waitsForTalk(viewer)
    ? await firstRows(async (which) => (await query(FREE_SLOTS, which)).talkSlots, number) : { nodes: [] };
  return { viewer, slots, hasNextPage };
}

/** Draws what is other than before. */
function draw(page, { viewer, slots, hasNextPage }) {
  if (!waitsForTalk(viewer)) {
    announce(viewer.nextStep);
    page.home();
    return;
  }
  page.more.hidden = !hasNextPage;
  const print = JSON.stringify([viewer, slots]);
  if (page.print === print) return;
  Object.assign(page, { print, viewer, slots });
  drawBooked(page);
  drawDays(page);
}

async function further(page) {
  page.number += PAGE;
  try {
    await load(page);
  } catch (error) {
    page.number -= PAGE;
    showFailure(page.place, error);
  }
}

function drawBooked(page) {
  const { nextStep, user } = page.viewer;
  page.step.replaceChildren(h("strong", {}, t("next_step")), ` ${nextStep}`);
  const booking = user.talkBooking;
  page.booked.replaceChildren(...(booking ? [h("section", { class: "card", id: "booked", "aria-labelledby": "booked-heading" },
    h("h2", { id: "booked-heading", tabindex: "-1" }, t("talk.booked")),
    h("p", {}, `${instant(booking.slot.startsAt)}, ${t(`channel.${booking.channel}`)}`),
    h("p", { class: "hint" }, t("talk.move_hint")),
    actionButtons(user.availableActions.filter(({ code }) => code === "CANCEL_TALK"), "talk",
      () => send(page, page.booked, CANCEL_TALK, {})))] : []));
}

function drawDays(page) {
  const byDay = new Map();
  for (const slot of page.slots.filter(({ booking }) => !booking)) {
    const { date } = wallTime(slot.startsAt);
    byDay.set(date, [...(byDay.get(date) ?? []), slot]);
  }
  page.days.replaceChildren(...(byDay.size ? [...byDay].map(([date, slots]) => h("div", { class: "day" },
    h("h3", {}, day(date)),
    h("ul", { class: "times" }, ...slots.map((slot) => h("li", {}, time(page, slot)))))) : [h("p", {}, t("talk.none"))]));
}

function time(page, slot) {
  return h("button", { type: "button", class: "quiet slot", "data-focus": slot.id, "aria-label": t("talk.book", { moment: instant(slot.startsAt) }), on: {
    click: () => send(page, page.place, BOOK_TALK, {
      slotId: slot.id,
      channel: page.how.querySelector('[name="channel"]:checked').value,
      wishes: [...page.how.querySelectorAll('[name="wishes"]:checked')].map(({ value }) => value),
    }),
  } }, wallTime(slot.startsAt).time);
}

async function send(page, place, operation, input) {
  if (page.busy) return;
  page.busy = true;
  await sendOperation(place, operation, input, () => drawAnew(page));
  page.busy = false;
}

async function drawAnew(page) {
  page.number = PAGE;
  await load(page);
  (page.booked.querySelector("h2") ?? document.querySelector("h1")).focus();
  announce(page.viewer.nextStep);
}
