// What people should be like: each quality is asked for as a must, as a wish, or not at all.
import { freshId, h } from "./dom.js";
import { check, group, select } from "./forms.js";
import { query } from "./graph.js";
import { QUALITIES } from "./operations.js";
import { language, t } from "./texts.js";

const cache = new Map();

/** The catalogue in the present language. */
export async function qualityCatalogue() {
  if (!cache.has(language)) cache.set(language, (await query(QUALITIES)).qualities);
  return cache.get(language);
}

/** A fieldset with a choice for every quality; groups with an asked one are open. */
export function qualityChooser(catalogue, asked, personalReason) {
  const chosen = new Map(asked.map(({ must, quality }) => [quality.code, must ? "MUST" : "WISH"]));
  const groups = new Map();
  for (const quality of catalogue) {
    groups.set(quality.groupLabel, [...(groups.get(quality.groupLabel) ?? []), quality]);
  }
  const reason = h("div", { "data-field": "personalReason" },
    check("personalReason", t("draft.personal_reason"), personalReason));
  return group("qualities", t("field.qualities"), t("draft.qualities_hint"),
    ...[...groups].map(([label, members]) => fold(label, members, chosen)), reason);
}

/** What is chosen, as input of the graph. */
export function qualitiesIn(chooser) {
  return [...chooser.querySelectorAll("select")].filter(({ value }) => value !== "NONE")
    .map(({ name, value }) => ({ code: name, must: value === "MUST" }));
}

/** Whether the person says that there is a personal reason. */
export function reasonIn(chooser) {
  return chooser.querySelector('[name="personalReason"]').checked;
}

function fold(label, members, chosen) {
  const details = h("details", { class: "fold", open: members.some(({ code }) => chosen.has(code)) },
    h("summary", {}, label),
    ...members.map((quality) => choice(quality, chosen.get(quality.code) ?? "NONE")));
  return details;
}

function choice({ code, label }, value) {
  const id = freshId(code);
  const choices = ["NONE", "WISH", "MUST"].map((each) => [each, t(`quality.${each}`)]);
  return h("div", { class: "choice" },
    h("label", { for: id }, label),
    select(code, choices, value, { id }));
}
