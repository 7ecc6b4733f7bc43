// When something is wrong with the other side of a match: telling customer service, and parting.
import { announce, h } from "./dom.js";
import { field, form, radios, valuesOf } from "./forms.js";
import { BLOCK_USER, REPORT_USER } from "./operations.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** Why something can be reported; the desk reads the same words. */
export const REASONS = ["SAFETY", "BEHAVIOUR", "FRAUD", "NOT_AS_AGREED", "OTHER"];
const LONGEST = 2000;

/** The section below a match. */
export function safetySection(matchId) {
  return h("section", { id: "safety", "aria-labelledby": "safety-heading" },
    h("h2", { id: "safety-heading" }, t("safety.title")), reporting(matchId), blocking(matchId),
    h("p", {}, h("a", { href: "#blocks" }, t("blocks.title"))));
}

function reporting(matchId) {
  const outcome = h("p", { role: "status", id: "reported", tabindex: "-1" });
  const send = (element) => sendOperation(element, REPORT_USER, { matchId, note: "", ...valuesOf(element) }, ({ message, nextStep }) => {
    outcome.textContent = `${message} ${nextStep}`;
    element.reset();
    element.hidden = true;
    outcome.focus();
  });
  return h("details", { class: "fold", "data-code": "REPORT_USER" }, h("summary", {}, t("safety.report")),
    form({ id: "report" }, send,
      h("p", { class: "hint" }, t("safety.report_hint")),
      radios("reason", t("safety.reason"), REASONS.map((code) => [code, t(`report.${code}`)]), REASONS[0]),
      field(h("textarea", { name: "note", rows: "4", maxlength: LONGEST }), t("safety.note")),
      h("div", { class: "form-end" }, h("button", {}, t("safety.send")))),
    outcome);
}

function blocking(matchId) {
  const send = async (element) => {
    if (!window.confirm(t("safety.block_sure"))) return;
    await sendOperation(element, BLOCK_USER, { matchId }, ({ message }) => {
      announce(message);
      location.hash = "blocks";
    });
  };
  return h("details", { class: "fold", "data-code": "BLOCK_USER" }, h("summary", {}, t("safety.block")),
    form({ id: "block" }, send,
      h("p", { class: "hint" }, t("safety.block_hint")),
      h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("safety.block_send")))));
}
