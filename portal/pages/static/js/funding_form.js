// What a funding source is written down as: benefit, payer, an amount or hours, and its days.
import { today } from "./berlin.js";
import { h } from "./dom.js";
import { field, input, select, valuesOf } from "./forms.js";
import { t } from "./texts.js";

const INSTRUMENTS = ["RELIEF_AMOUNT", "CONVERSION", "CARE_IN_KIND", "CARE_ALLOWANCE", "RESPITE_CARE", "INTEGRATION_ASSISTANCE",
  "EDUCATION_ASSISTANCE", "HELP_TO_CARE", "PERSONAL_BUDGET", "WORK_ASSISTANCE", "PRIVATE", "OTHER"];
const SEVERAL_PAYERS = { PERSONAL_BUDGET: ["INTEGRATION_ASSISTANCE", "HELP_TO_CARE", "CARE_INSURANCE", "OTHER"] };
const PERIODS = ["MONTH", "YEAR", "WHOLE"];
const CENTS = 100;
const MINUTES = 60;

/** The controls, filled in with a source that is there already. */
export function termsFields(source = null) {
  const payer = h("div", {});
  const ask = () => payer.replaceChildren(...payers(instrument.value, source));
  const instrument = select("instrument", INSTRUMENTS.map((code) => [code, t(`instrument.${code}`)]), source?.instrument ?? INSTRUMENTS[0],
    { on: { change: ask } });
  ask();
  return [
    field(instrument, t("field.instrument")), payer,
    h("p", { class: "hint" }, t("funding.amount_hint")),
    h("div", { class: "row" },
      amount("cents", source?.cents, CENTS, 0.01, "field.cents"), amount("minutes", source?.minutes, MINUTES, 0.25, "field.budgetHours"),
      field(select("per", PERIODS.map((code) => [code, t(`period.${code}`)]), source?.per ?? "MONTH"), t("field.per"))),
    h("div", { class: "row" },
      field(input("validFrom", "date", source?.validFrom ?? `${today().slice(0, 8)}01`), t("field.validFrom"), { required: true }),
      field(input("validUntil", "date", source?.validUntil), t("field.validUntil"), { hint: t("funding.open_end") }),
      field(input("appliedOn", "date", source?.appliedOn, { max: today() }), t("field.appliedOn"))),
  ];
}

/** The terms as they are sent; null without a first day, which cannot be sent at all. */
export function termsIn(form) {
  const { instrument, payer, cents, minutes, per, validFrom, validUntil, appliedOn } = valuesOf(form);
  return validFrom ? {
    instrument, per, validFrom, payer: payer ?? null, cents: whole(cents, CENTS), minutes: whole(minutes, MINUTES),
    validUntil: validUntil ?? null, appliedOn: appliedOn ?? null,
  } : null;
}

/** Who pays a benefit is asked only where several may. */
function payers(instrument, source) {
  const possible = SEVERAL_PAYERS[instrument];
  if (!possible) return [];
  return [field(select("payer", possible.map((code) => [code, t(`payer.${code}`)]), source?.payer ?? possible[0]), t("field.payer"))];
}

function amount(name, value, unit, step, label) {
  return field(input(name, "number", value === null || value === undefined ? "" : value / unit, { min: 0, step, inputmode: "decimal" }), t(label));
}

function whole(value, unit) {
  return value === undefined ? null : Math.round(Number(value) * unit);
}
