// Registering by a form of the API, and confirming the address with the link from the mail.
import { h, showView } from "./dom.js";
import { drawConsents, drawFields, followChoices, purposes, readConsents, readFields } from "./fields.js";
import { allValuesOf, form } from "./forms.js";
import { query } from "./graph.js";
import { CONFIRM, FORM, REGISTER, REQUEST_LINK } from "./operations.js";
import { sendForm, text } from "./sending.js";
import { language, t } from "./texts.js";

const MAIL_LANGUAGES = { de: "DE", "de-x-leicht": "LEICHT", en: "EN" };
const NAMES = ["SEEKER", "ASSISTANT", "PROVIDER", "COORDINATOR", "REPRESENTATIVE"];

/** Draws the registration form of a name. */
export async function showRegistration(wanted) {
  const name = NAMES.includes(wanted) ? wanted : "SEEKER";
  const { form: definition, providers } = await query(FORM, { name });
  const send = (element) => sendForm(element, REGISTER[name], {
    ...readFields(definition, element), consents: readConsents(element), language: MAIL_LANGUAGES[language],
  });
  const element = form({ id: "register-form", class: "paper" }, send,
    ...drawFields(definition, providers.nodes), purposes(definition), drawConsents(definition.consents),
    h("div", { class: "form-end" }, h("button", {}, t("register.send"))));
  followChoices(element);
  showView(definition.title, h("p", { class: "lead" }, t("register.lead")), others(name), element);
}

function others(name) {
  return h("nav", { "aria-label": t("register.others") }, h("ul", { class: "links" },
    ...NAMES.filter((other) => other !== name).map((other) => h("li", {},
      h("a", { href: `#register=${other}` }, t(`register.as.${other}`))))));
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
