// What was said in an introductory talk, and putting it right: for the person and for the desk.
import { h } from "./dom.js";
import { field, form, select, valuesOf } from "./forms.js";
import { CORRECT_ANSWERS } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const PAYERS = ["CARE_INSURANCE", "INTEGRATION_ASSISTANCE", "HELP_TO_CARE", "PRIVATE", "OTHER"];
const GRADES = [0, 1, 2, 3, 4, 5];

/** The talks that were held, each with its answers and a form; `done` gets the account's talks. */
export function answersOf(talks, done) {
  return (talks ?? []).filter(({ answers }) => answers).map((talk) => h("div", { class: "answers" },
    h("p", {}, h("strong", {}, t("answers.of", { moment: instant(talk.heldAt) }))),
    summary(talk.answers), correction(talk, done)));
}

function summary({ careGrade, payer, usesReliefAmount, hasIntegrationAssistance, corrected, correctedAt, correctedBy }) {
  const rows = [
    [t("field.careGrade"), careGrade === null ? t("desk.unknown") : grade(careGrade)],
    [t("field.payer"), payer ? t(`payer.${payer}`) : t("desk.unknown")],
    [t("field.usesReliefAmount"), yesOrNo(usesReliefAmount)],
    [t("field.hasIntegrationAssistance"), yesOrNo(hasIntegrationAssistance)],
  ];
  return [h("dl", { class: "summary" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    corrected && h("p", { class: "hint corrected" }, t("answers.corrected", { moment: instant(correctedAt), role: correctedBy ? t(`role.${correctedBy}`) : "" }))];
}

function correction(talk, done) {
  const { careGrade, payer, usesReliefAmount, hasIntegrationAssistance } = talk.answers;
  const unknown = ["", t("desk.unknown")];
  const boolean = (name, value) => field(select(name, [unknown, [true, t("yes")], [false, t("no")]], value ?? ""), t(`field.${name}`));
  const send = (element) => {
    const values = valuesOf(element);
    const truth = (name) => (values[name] ? values[name] === "true" : null);
    return sendOperation(element, CORRECT_ANSWERS, {
      talkId: talk.id, careGrade: values.careGrade ? Number(values.careGrade) : null, payer: values.payer ?? null,
      usesReliefAmount: truth("usesReliefAmount"), hasIntegrationAssistance: truth("hasIntegrationAssistance"),
    }, ({ talks }) => done(talks));
  };
  return h("details", { class: "fold", "data-code": "CORRECT_TALK_ANSWERS" }, h("summary", {}, t("answers.correct")),
    form({ class: "correction" }, send,
      h("p", { class: "hint" }, t("answers.hint")),
      field(select("careGrade", [unknown, ...GRADES.map((each) => [each, grade(each)])], careGrade ?? ""), t("field.careGrade")),
      field(select("payer", [unknown, ...PAYERS.map((code) => [code, t(`payer.${code}`)])], payer ?? ""), t("field.payer")),
      boolean("usesReliefAmount", usesReliefAmount),
      boolean("hasIntegrationAssistance", hasIntegrationAssistance),
      h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

function grade(number) {
  return number ? t("answers.grade", { number }) : t("answers.no_grade");
}

function yesOrNo(value) {
  if (value === null) return t("desk.unknown");
  return value ? t("yes") : t("no");
}
