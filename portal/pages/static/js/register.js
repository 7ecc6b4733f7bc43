// Registering as a seeker, and confirming the address with the link from the mail.
import { activityChooser, catalogue, chosenIn } from "./activities.js";
import { h, showView } from "./dom.js";
import { allValuesOf, field, form, input, radios } from "./forms.js";
import { isRefusal, mutate } from "./graph.js";
import { CONFIRM, REGISTER } from "./operations.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { language, t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

/** Draws the registration form. */
export async function showRegistration() {
  const needs = activityChooser("needs", t("field.needs"), t("register.needs_hint"), await catalogue(), []);
  const windows = windowsEditor(t("field.windows"), [{ weekday: 1, start: "09:00", end: "12:00" }]);
  const send = (element) => sendForm(element, REGISTER, {
    ...allValuesOf(element), needs: chosenIn(needs), windows: windowsIn(windows), language,
  });
  showView(t("register.title"),
    h("p", { class: "lead" }, t("register.lead")),
    form({ id: "register-form", class: "paper" }, send,
      ...person(), ...reach(), needs, windows, ...access(),
      h("div", { class: "form-end" }, h("button", {}, t("register.send")))));
}

/** Draws the page behind the mail's link. Only the button press confirms: mail scanners open links. */
export function showConfirmation(token) {
  const send = (element) => sendForm(element, CONFIRM, { token });
  showView(t("confirm.title"),
    h("p", { class: "lead" }, t("confirm.lead")),
    form({ id: "confirm-form" }, send,
      h("div", { class: "form-end" }, h("button", {}, t("confirm.send")))));
}

function person() {
  return [
    radios("actingFor", t("field.actingFor"),
      ["SELF", "GUARDIAN", "RELATIVE"].map((value) => [value, t(`actingFor.${value}`)]), "SELF"),
    text("firstName", "given-name", { required: true }),
    text("lastName", "family-name", { required: true }),
    field(h("textarea", { name: "introduction", rows: "4" }), t("field.introduction"),
      { hint: t("register.introduction_hint") }),
  ];
}

function reach() {
  return [
    text("street", "street-address", { required: true }),
    text("postcode", "postal-code", { required: true, hint: t("register.postcode_hint") }),
    text("phone", "tel", { hint: t("register.phone_hint") }, "tel"),
    text("mobile", "tel", {}, "tel"),
  ];
}

function access() {
  return [
    text("email", "email", { required: true, hint: t("register.email_hint") }, "email"),
    text("password", "new-password", { required: true, hint: t("register.password_hint") }, "password"),
  ];
}

function text(name, autocomplete, options, type = "text") {
  return field(input(name, type, "", { autocomplete }), t(`field.${name}`), options);
}

async function sendForm(element, operation, values) {
  clearRefusals(element);
  try {
    const payload = await mutate(operation, values);
    if (isRefusal(payload)) showRefusal(element, payload);
    else done(payload);
  } catch (error) {
    showFailure(element, error);
  }
}

function done({ message, nextStep }) {
  showView(t("done.title"),
    h("p", { class: "lead" }, message),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", nextStep),
    h("p", {}, h("a", { class: "button", href: "#" }, t("done.home"))));
}
