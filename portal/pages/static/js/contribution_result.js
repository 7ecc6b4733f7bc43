// A calculation as one looks at a bill: amount, steps, figures of the law, and what to know about it.
import { h } from "./dom.js";
import { dateOf, t } from "./texts.js";

const ARIA = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };

/** The sections of a calculation; `heading` stands above its amount. */
export function resultOf(result, heading = result.title) {
  return [
    h("section", { class: "paper", id: "amount", "aria-labelledby": "amount-heading" },
      h("h2", { id: "amount-heading", tabindex: "-1" }, heading),
      amountOf(result),
      notes(t("contribution.reasons"), result.reasons),
      h("p", { id: "disclaimer" }, h("strong", {}, result.disclaimer)),
      notes(t("contribution.warnings"), result.warnings),
      notes(t("contribution.missing"), result.missing),
      notes(t("contribution.assumptions"), result.assumptions)),
    h("section", { class: "paper", id: "steps", "aria-labelledby": "steps-heading" },
      h("h2", { id: "steps-heading" }, t("contribution.steps")), bill(result), figures(result)),
  ];
}

/** What came out; where the law leaves a span, both of its ends. */
export function amountOf({ text, leastText }) {
  return h("p", { class: "amount" }, leastText ? t("contribution.span", { least: leastText, most: text }) : text);
}

/** A table that stays one where it is drawn as blocks; the first cell of a row is its heading. */
export function table(caption, heads, rows) {
  return h("table", { class: "bill", role: "table" },
    h("caption", {}, caption),
    part("thead", part("tr", ...heads.map((head, at) =>
      h("th", { scope: "col", role: "columnheader", class: at === heads.length - 1 ? "sum" : null }, head)))),
    part("tbody", ...rows.map(([first, ...others]) => part("tr",
      h("th", { scope: "row", role: "rowheader" }, first),
      ...others.map((cell, at) => h("td", {
        role: "cell", "data-label": heads[at + 1], class: at === others.length - 1 ? "sum" : null,
      }, cell))))));
}

function part(tag, ...content) {
  return h(tag, { role: ARIA[tag] }, ...content);
}

function bill({ steps }) {
  const heads = [t("contribution.step"), t("contribution.what_goes_in"), t("contribution.paragraph"), t("contribution.comes_out")];
  return table(t("contribution.steps_caption"), heads, steps.map((step) => [
    [step.title,
      step.outcomeLabel && h("span", { class: "decided" }, step.outcomeLabel),
      step.note && h("span", { class: "why" }, step.note)],
    [h("ul", {}, ...step.operands.map(({ label, text }) => h("li", {}, `${label}: ${text}`))), h("span", { class: "why" }, step.formula)],
    step.paragraph,
    step.text,
  ]));
}

function figures({ figures: used }) {
  if (!used.length) return null;
  return h("details", { class: "fold" },
    h("summary", {}, t("contribution.figures")),
    h("ul", { class: "facts" }, ...used.map((figure) => h("li", {},
      h("strong", {}, `${figure.label}: ${figure.text}`), `, ${figure.paragraph}. ${validity(figure)}`))));
}

function validity({ validFrom, validTo, verifiedOn }) {
  const values = { from: dateOf(validFrom), to: validTo && dateOf(validTo), seen: dateOf(verifiedOn) };
  return validTo ? t("contribution.holds_until", values) : t("contribution.holds_since", values);
}

function notes(heading, found) {
  return found.length > 0 && [
    h("h3", {}, heading),
    h("ul", { class: "facts" }, ...found.map(({ text }) => h("li", {}, text))),
  ];
}
