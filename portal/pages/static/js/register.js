// Registering as a seeker, and confirming the address with the link from the mail.
import { activityChooser, catalogue, chosenIn } from "./activities.js";
import { h, showView } from "./dom.js";
import { allValuesOf, field, form, radios } from "./forms.js";
import { CONFIRM, REGISTER, REQUEST_LINK } from "./operations.js";
import { sendForm, text } from "./sending.js";
import { language, t } from "./texts.js";
import { windowsEditor, windowsIn } from "./windows.js";

const MAIL_LANGUAGES = { de: "DE", "de-x-leicht": "LEICHT", en: "EN" };

/** Draws the registration form. */
export async function showRegistration() {
  const needs = activityChooser("needs", t("field.needs"), t("register.needs_hint"), await catalogue(), []);
  const windows = windowsEditor(t("field.windows"), [{ weekday: 1, start: "09:00", end: "12:00" }]);
  const send = (element) => sendForm(element, REGISTER, {
    ...allValuesOf(element), needs: chosenIn(needs), windows: windowsIn(windows),
    language: MAIL_LANGUAGES[language],
  });
  showView(t("register.title"),
    h("p", { class: "lead" }, t("register.lead")),
    form({ id: "register-form", class: "paper" }, send,
      ...person(), ...reach(), needs, windows, ...access(),
      h("div", { class: "form-end" }, h("button", {}, t("register.send")))));
}

/** Draws the page behind the mail's link. Only the button press confirms: mail scanners open links. */
export function showConfirmation(token) {
  const another = anotherLink();
  const send = async (element) => {
    const refusal = await sendForm(element, CONFIRM, { token });
    another.hidden = refusal?.code !== "LINK_INVALID";
  };
  showView(t("confirm.title"),
    h("p", { class: "lead" }, t("confirm.lead")),
    form({ id: "confirm-form" }, send,
      h("div", { class: "form-end" }, h("button", {}, t("confirm.send")))),
    another);
}

function anotherLink() {
  const send = (element) => sendForm(element, REQUEST_LINK, allValuesOf(element));
  return h("section", { class: "paper", hidden: true, "aria-labelledby": "another-link" },
    h("h2", { id: "another-link" }, t("confirm.another")),
    form({ id: "another-link-form" }, send,
      text("email", "email", { required: true }, "email"),
      h("div", { class: "form-end" }, h("button", {}, t("confirm.another_send")))));
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
    text("street", "street-address"),
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
