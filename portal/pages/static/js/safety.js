// When something is wrong with the other side of a match: telling customer service, and parting.
import { announce, h } from "./dom.js";
import { field, form, radios, valuesOf } from "./forms.js";
import { BLOCK_USER, REPORT_MESSAGE, REPORT_USER } from "./operations.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** Why something can be reported; the desk reads the same words. */
export const REASONS = ["SAFETY", "BEHAVIOUR", "FRAUD", "NOT_AS_AGREED", "OTHER"];
const LONGEST = 2000;

/** The section below a match; `about` begins a report about one message. */
export function safetySection(matchId) {
  const report = reporting(matchId);
  return {
    element: h("section", { id: "safety", "aria-labelledby": "safety-heading" },
      h("h2", { id: "safety-heading" }, t("safety.title")), report.element, blocking(matchId),
      h("p", {}, h("a", { href: "#blocks" }, t("blocks.title")))),
    about: report.about,
  };
}

/** The report by itself, `about` one message; without a match there is nothing else to report. */
export function reporting(matchId = null) {
  const outcome = h("p", { role: "status", id: "reported", tabindex: "-1" });
  const message = aboutMessage(matchId);
  const send = (element) => {
    const { messageId, messageText: _shown, ...said } = valuesOf(element);
    const [operation, subject] = messageId ? [REPORT_MESSAGE, { messageId }] : [REPORT_USER, { matchId }];
    return sendOperation(element, operation, { note: "", ...subject, ...said }, ({ message: happened, nextStep }) => {
      outcome.textContent = `${happened} ${nextStep}`;
      element.reset();
      message.set({ id: "", text: "" });
      element.hidden = true;
      outcome.focus();
    });
  };
  const write = form({ id: "report" }, send,
    h("p", { class: "hint" }, t("safety.report_hint")),
    message.element,
    radios("reason", t("safety.reason"), REASONS.map((code) => [code, t(`report.${code}`)]), REASONS[0]),
    field(h("textarea", { name: "note", rows: "4", maxlength: LONGEST }), t("safety.note")),
    h("div", { class: "form-end" }, h("button", {}, t("safety.send"))));
  const element = h("details", { class: "fold", "data-code": "REPORT_USER", hidden: !matchId }, h("summary", {}, t("safety.report")), write, outcome);
  return { element, about: (one) => {
    outcome.textContent = "";
    write.hidden = false;
    element.hidden = false;
    element.open = true;
    message.set(one);
    write.querySelector('[name="reason"]:checked').focus();
  } };
}

/** The message that a report shows customer service, if it is about one; a change of language keeps it. */
function aboutMessage(matchId) {
  const [id, text] = ["messageId", "messageText"].map((name) => h("input", { type: "hidden", name }));
  const quote = h("blockquote", {});
  const set = (one) => {
    id.value = one.id;
    text.value = one.text;
    for (const control of [id, text]) control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const element = h("div", { id: "report-about", hidden: true, on: { input: () => {
    element.hidden = !id.value;
    quote.textContent = text.value;
  } } }, id, text, h("p", {}, t("safety.about")), quote,
    matchId && h("button", { type: "button", class: "quiet", on: { click: () => {
      set({ id: "", text: "" });
      element.closest("form").querySelector('[name="reason"]:checked').focus();
    } } }, t("safety.whole")));
  return { element, set };
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
