// A forgotten password: asking for a link, and the page behind it.
import { h, showView } from "./dom.js";
import { allValuesOf, form } from "./forms.js";
import { REQUEST_RESET, RESET } from "./operations.js";
import { sendForm, text } from "./sending.js";
import { t } from "./texts.js";

/** Draws the form that asks for a link, to the address of whoever is signed in. */
export function showForgotten(address) {
  showView(t("forgotten.title"),
    h("p", { class: "lead" }, t("forgotten.lead")),
    form({ id: "forgotten-form", class: "paper" }, (element) => sendForm(element, REQUEST_RESET, allValuesOf(element)),
      text("email", "username", { required: true }, "email", address),
      h("div", { class: "form-end" }, h("button", {}, t("forgotten.send")))));
}

/** Draws the page behind the mail's link. Only the button sets the password: mail scanners open links. */
export function showReset(token) {
  const again = h("p", { hidden: true }, h("a", { href: "#forgotten" }, t("reset.again")));
  const send = async (element) => {
    const refusal = await sendForm(element, RESET, { token, ...allValuesOf(element) });
    again.hidden = refusal?.code !== "LINK_INVALID";
  };
  showView(t("reset.title"),
    form({ id: "reset-form", class: "paper" }, send,
      text("password", "new-password", { required: true, hint: t("register.password_hint") }, "password"),
      h("div", { class: "form-end" }, h("button", {}, t("reset.send")))),
    again);
}
