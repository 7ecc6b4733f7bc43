// Customer service at one glance: what is due today, each line leading to where it is done.
import { dayAfter, today, wallTime } from "./berlin.js";
import { OPEN_TASKS, PROOFS_HOLD, WAITING } from "./desk_operations.js";
import { h } from "./dom.js";
import { focusHeading } from "./focus.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { drawNewest } from "./newest.js";
import { talksToday } from "./slots.js";
import { t } from "./texts.js";

const SPANS = [7, 30, 60]; // days, as the reminders of proofs have them

/** The section, and the function that reads it anew. */
export async function glanceSection() {
  const list = h("ul", { class: "facts", id: "glance" });
  const element = h("section", { "aria-labelledby": "glance-heading" }, h("h2", { id: "glance-heading" }, t("glance.title")), list);
  const refresh = () => drawNewest(list, lines, (found) => draw(list, found));
  await refresh();
  return { element, refresh };
}

function draw(list, found) {
  const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  list.replaceChildren(...found.map(([text, place]) => h("li", {},
    h("button", { type: "button", class: "link", on: { click: () => focusHeading(document.querySelector(`[aria-labelledby="${place}"]`)) } }, text))));
  list.querySelectorAll("button")[focused]?.focus();
}

/** Each with the section that it is about. */
async function lines() {
  const [talks, waiting, proofs, open] = await Promise.all([
    talksToday(),
    firstRows(async (which) => (await query(WAITING, which)).accounts),
    firstRows(async (which) => (await query(PROOFS_HOLD, which)).proofsDue),
    query(OPEN_TASKS),
  ]);
  const unchecked = waiting.nodes.filter(({ emailConfirmed, identityChecks }) => emailConfirmed && identityChecks.at(-1)?.verdict !== "CONFIRMED");
  const ready = waiting.nodes.filter(({ availableActions }) => availableActions.some(({ code, available }) => code === "RELEASE_ACCOUNT" && available));
  return [
    [talksLine(talks), "today"],
    [t("glance.reports", { number: open.reports.totalCount }), "reports-heading"],
    [t("glance.identity", { number: unchecked.length }), "waiting"],
    [t("glance.release", { number: ready.length }), "waiting"],
    [proofsLine(proofs.nodes), "proofs"],
    [t("glance.drafts", { number: open.orders.totalCount }), "orders-heading"],
    [t("glance.tell", { number: open.messagesToTell.totalCount }), "telling"],
  ];
}

function talksLine(talks) {
  const each = talks.map(({ startsAt, booking: { channel } }) => `${wallTime(startsAt).time} ${t(`channel.${channel}`)}`);
  const line = t("glance.talks", { number: talks.length });
  return each.length ? `${line} (${each.join(", ")})` : line;
}

/** Who lacks a proof, and of whom one ends in the next days; each person is counted once. */
function proofsLine(assistants) {
  const [now, days] = [today(), SPANS.map((span) => dayAfter(today(), span))];
  const counts = Object.fromEntries(["missing", ...SPANS].map((name) => [name, 0]));
  for (const { proofsHoldUntil: until } of assistants) {
    const at = days.findIndex((day) => until !== null && until <= day);
    counts[until === null || until < now || at < 0 ? "missing" : SPANS[at]] += 1;
  }
  return t("glance.proofs", { missing: counts.missing, soon: counts[7], month: counts[30], later: counts[60] });
}
