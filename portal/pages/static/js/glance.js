// Customer service at one glance: what is due today, each line leading to where it is done.
import { wallTime } from "./berlin.js";
import { OPEN_TASKS } from "./desk_operations.js";
import { h } from "./dom.js";
import { focusHeading } from "./focus.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { talksToday } from "./slots.js";
import { t } from "./texts.js";

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
  const [talks, open] = await Promise.all([talksToday(), query(OPEN_TASKS)]);
  const { identityChecks, releases } = open.deskTasks;
  return [
    [talksLine(talks), "today"],
    [t("glance.reports", { number: open.reports.totalCount }), "reports-heading"],
    [t("glance.identity", { number: identityChecks }), "waiting"],
    [t("glance.release", { number: releases }), "waiting"],
    [proofsLine(open.deskTasks), "proofs"],
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
function proofsLine({ proofsMissing, proofsEnding }) {
  const [soon, month, later] = proofsEnding.map(({ number }) => number);
  return t("glance.proofs", { missing: proofsMissing, soon, month, later });
}
