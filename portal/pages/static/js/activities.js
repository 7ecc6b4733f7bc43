// Choosing activities: check boxes by group, folded so that the page stays short.
import { h } from "./dom.js";
import { check, group } from "./forms.js";
import { query } from "./graph.js";
import { ACTIVITIES } from "./operations.js";
import { language, t } from "./texts.js";

const cache = new Map();

/** The catalogue in the present language. */
export async function catalogue() {
  if (!cache.has(language)) cache.set(language, (await query(ACTIVITIES)).activities);
  return cache.get(language);
}

/** A fieldset of all activities under the name `name`; groups with a chosen one are open. */
export function activityChooser(name, legend, hint, activities, chosen) {
  const groups = new Map();
  for (const activity of activities) {
    groups.set(activity.groupLabel, [...(groups.get(activity.groupLabel) ?? []), activity]);
  }
  const marked = new Set(chosen);
  const folds = [...groups].map(([label, members]) => fold(name, label, members, marked));
  return group(name, legend, hint, ...folds);
}

/** The codes ticked in a chooser. */
export function chosenIn(chooser) {
  return [...chooser.querySelectorAll("input:checked")].map(({ value }) => value);
}

/** Ticks these codes in addition to what is chosen already; says how many are new. */
export function tick(chooser, codes) {
  const boxes = [...chooser.querySelectorAll("input:not(:checked)")].filter(({ value }) => codes.includes(value));
  for (const box of boxes) {
    box.checked = true;
    box.closest("details").open = true;
    recount(box.closest("details"));
  }
  return boxes.length;
}

function fold(name, label, members, marked) {
  const boxes = members.map(({ code, label: text }) => check(name, text, marked.has(code), code));
  const details = h("details", { class: "fold", on: { change: () => recount(details) } },
    h("summary", {}, label, " ", h("span", { class: "count" })),
    ...boxes);
  recount(details);
  details.open = details.querySelector("input:checked") !== null;
  return details;
}

function recount(details) {
  const number = details.querySelectorAll("input:checked").length;
  details.querySelector(".count").textContent = number ? t("activities.chosen", { number }) : "";
}
