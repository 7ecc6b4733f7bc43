// The second factor: setting up an authenticator app, and the codes for the day it is lost.
import { REMOVE_FACTOR, RENEW_CODES } from "./account_operations.js";
import { h, showView } from "./dom.js";
import { field, form, input, valuesOf } from "./forms.js";
import { reconnect } from "./live.js";
import { CONFIRM_FACTOR, SET_UP_FACTOR } from "./operations.js";
import { sendOperation } from "./sending.js";
import { showStep } from "./step.js";
import { language, t } from "./texts.js";

/** Draws the way from the password to the recovery codes; `done` is called at its end. */
export function showSecondFactor(viewer, done) {
  const begin = form({ id: "factor-form", class: "paper" },
    (element) => sendOperation(element, SET_UP_FACTOR, valuesOf(element), (pending) => showPending({ ...pending, lang: language }, done)),
    field(input("password", "password", "", { autocomplete: "current-password" }), t("field.password"), { required: true }),
    h("div", { class: "form-end" }, h("button", {}, t("factor.begin"))));
  showView(t("factor.title"),
    viewer.needsSecondFactor && h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    h("p", { class: "lead" }, t("factor.lead")), begin);
}

/** The form with which those who need none go on without; `done` is called afterwards. */
export function removalForm(done) {
  return proven("factor-removal", REMOVE_FACTOR, [t("factor.remove"), t("factor.remove_hint")], done);
}

/** The form that gives other recovery codes; `done` is called after they were read. */
export function renewalForm(done) {
  return proven("factor-renewal", RENEW_CODES, [t("factor.renew"), t("factor.renew_hint")],
    (renewed) => {
      const lang = language; // what the portal answered stays in the language of the question
      showStep(() => drawCodes({ ...renewed, lang }, done));
    });
}

function proven(id, operation, [label, hint], then) {
  return h("details", { class: "fold" }, h("summary", {}, label),
    form({ id }, (element) => sendOperation(element, operation, { code: "", ...valuesOf(element) }, then),
      field(input("code", "text", "", { inputmode: "numeric", autocomplete: "one-time-code" }), t("field.code"), { hint, required: true }),
      h("div", { class: "form-end" }, h("button", { class: "quiet" }, label))));
}

// The secret and the codes are told once: both steps outlive a change of the language.
function showPending(pending, done) {
  showStep(() => drawPending(pending, done));
}

function drawPending({ message, nextStep, secret, address, lang }, done) {
  const confirm = form({ id: "factor-confirm", class: "paper" },
    (element) => sendOperation(element, CONFIRM_FACTOR, { ...valuesOf(element), transport: "COOKIE" }, (confirmed) => {
      reconnect();
      showStep(() => drawCodes({ ...confirmed, lang }, done));
    }),
    field(input("code", "text", "", { inputmode: "numeric", autocomplete: "one-time-code" }), t("field.code"), { required: true }),
    h("div", { class: "form-end" }, h("button", {}, t("factor.confirm"))));
  showView(t("factor.title"),
    h("p", { class: "lead", lang }, message), h("p", { lang }, nextStep),
    h("p", {}, h("code", { id: "factor-secret" }, secret.match(/.{1,4}/g).join(" "))),
    h("p", {}, h("a", { href: address }, t("factor.open"))), confirm);
}

function drawCodes({ message, nextStep, recoveryCodes, lang }, done) {
  showView(t("factor.title"),
    h("p", { class: "lead", lang }, message), nextStep && h("p", { lang }, nextStep),
    h("ul", { id: "recovery-codes" }, ...recoveryCodes.map((code) => h("li", {}, h("code", {}, code)))),
    h("div", { class: "form-end" }, h("button", { type: "button", id: "factor-done", on: { click: done } }, t("factor.done"))));
}
