// The form of the own contribution: what it asks, and what was said in the graph's words.
import { h } from "./dom.js";
import { today } from "./berlin.js";
import { check, field, form, group, input, select } from "./forms.js";
import { language, months, t } from "./texts.js";

const FIRST_YEAR = 2020;
const KINDS = ["insuredWork", "uninsuredWork", "pension", "other"];
const FREE = [
  "EARLY_EDUCATION", "MEDICAL_REHABILITATION", "WORK", "SCHOOL", "BOARDING_SCHOOL", "SKILLS_FOR_WORK",
  "PRESCHOOL_CHILD", "SUBSISTENCE",
];
const MONEY = { inputmode: "decimal", autocomplete: "off" };
const WHOLE = { inputmode: "numeric", autocomplete: "off" };

/** The form; `send` is called with it. */
export function contributionForm(send) {
  const partner = group("partner", t("contribution.partner_incomes"), t("contribution.partner_hint"), ...incomes("partner"));
  partner.hidden = true;
  const lives = check("hasPartner", t("contribution.has_partner"));
  const follow = () => { partner.hidden = !lives.querySelector("input").checked; };
  lives.addEventListener("change", follow);
  lives.addEventListener("input", follow);
  return form({ id: "contribution-form", class: "paper", lang: language }, send,
    monthGroup(),
    group("incomes", t("contribution.incomes"), t("contribution.incomes_hint"), ...incomes("incomes")),
    lives, partner,
    h("div", { class: "row" },
      field(input("children", "text", "", WHOLE), t("contribution.children"), { hint: t("contribution.children_hint") }),
      field(input("minors", "text", "", WHOLE), t("contribution.minors"), { hint: t("contribution.minors_hint") })),
    field(input("benefit", "text", "", MONEY), t("contribution.benefit"), { hint: t("contribution.benefit_hint") }),
    field(input("oneOffPrice", "text", "", MONEY), t("contribution.one_off"), { hint: t("contribution.one_off_hint") }),
    field(select("freeBenefit", [["", t("contribution.free.NONE")], ...FREE.map((code) => [code, t(`contribution.free.${code}`)])], ""),
      t("contribution.free_benefit")),
    check("contributing", t("contribution.contributing")),
    check("expectedIncome", t("contribution.expected_income")),
    h("div", { class: "form-end" }, h("button", {}, t("contribution.calculate"))));
}

function incomes(name) {
  return KINDS.map((kind) => field(input(`${name}.${kind}`, "text", "", MONEY), t(`contribution.income.${kind}`)));
}

function monthGroup() {
  const [year, month] = today().split("-");
  const years = [...Array(Number(year) + 2 - FIRST_YEAR).keys()].map((at) => String(FIRST_YEAR + at)).reverse();
  return group("asOf", t("contribution.month"), null, h("div", { class: "row" },
    field(select("month", months().map((name, at) => [String(at + 1).padStart(2, "0"), name]), month), t("contribution.month_name")),
    field(select("year", years.map((each) => [each, each]), year), t("contribution.year"))));
}

/** The input of the calculator, and what cannot be read as a number, field by field. */
export function saidIn(element) {
  const problems = [];
  const said = Object.fromEntries(new FormData(element));
  const number = (name, readAs) => {
    const text = (said[name] ?? "").trim();
    if (!text) return undefined;
    const found = readAs(text, language);
    if (found === null) problems.push({ field: name, message: t("contribution.no_number"), remedy: t("contribution.no_number_remedy") });
    return found ?? undefined;
  };
  const kinds = (name) => Object.fromEntries(
    KINDS.map((kind) => [kind, number(`${name}.${kind}`, decimalOf)]).filter(([, value]) => value !== undefined));
  const input = {
    incomes: kinds("incomes"),
    partner: said.hasPartner ? kinds("partner") : undefined,
    children: number("children", wholeOf),
    minors: number("minors", wholeOf),
    benefit: number("benefit", decimalOf),
    oneOffPrice: number("oneOffPrice", decimalOf),
    freeBenefit: said.freeBenefit || undefined,
    contributing: Boolean(said.contributing),
    expectedIncome: Boolean(said.expectedIncome),
    asOf: `${said.year}-${said.month}-01`,
  };
  return { input, problems };
}

function wholeOf(text) {
  return /^-?\d{1,6}$/.test(text) ? Number(text) : null;
}

/** Writes the amounts that were typed in another language as they are written in the form's own. */
export function rewriteAmounts(element, before) {
  if (pointIn(before) === pointIn(element.lang)) return;
  for (const control of element.querySelectorAll('[inputmode="decimal"]')) {
    if (decimalOf(control.value, before) !== null) control.value = control.value.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
  }
}

/**
 * A number as people write it in a language, as the graph reads it; null if it is none.
 *
 * Three digits after a single separator are thousands, if it is the language's sign for those.
 */
function decimalOf(text, spoken) {
  const plain = text.replace(/[\s\u00a0€']/g, "");
  const point = pointIn(spoken);
  const thousands = point === "." ? "," : ".";
  const grouped = new RegExp(`^-?\\d{1,3}(\\${thousands}\\d{3})+(\\${point}\\d*)?$`);
  if (grouped.test(plain)) return decimalOf(plain.replaceAll(thousands, ""), spoken);
  return /^-?\d{1,12}([.,]\d*)?$/.test(plain) ? plain.replace(",", ".").replace(/\.$/, "") : null;
}

function pointIn(spoken) {
  return spoken === "en" ? "." : ",";
}
