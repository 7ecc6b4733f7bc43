// Registering by a form of the API, and confirming the address with the link from the mail.
import { h, showView } from "./dom.js";
import { drawConsents, drawFields, followChoices, purposes, readConsents, readFields } from "./fields.js";
import { allValuesOf, form } from "./forms.js";
import { mutate, query } from "./graph.js";
import { noticeSent } from "./kept.js";
import { CONFIRM, DISCARD_DRAFT, FORM, FORM_DRAFT, REGISTER, REQUEST_LINK, SAVE_DRAFT } from "./operations.js";
import { providerOptions } from "./providers.js";
import { sendForm, sendOperation, showDone, text } from "./sending.js";
import { instant, language, MAIL_LANGUAGES, t } from "./texts.js";

const NAMES = ["SEEKER", "ASSISTANT", "PROVIDER", "COORDINATOR", "REPRESENTATIVE"];

/** Draws the registration form of a name; `draft` is what was filled in before, and its token. */
export async function showRegistration(wanted, draft = { values: {} }) {
  const name = NAMES.includes(wanted) ? wanted : "SEEKER";
  const { form: definition } = await query(FORM, { name });
  const providers = definition.fields.some(({ kind }) => kind === "PROVIDER") ? await providerOptions() : [];
  const send = (element) => sendOperation(element, REGISTER[name], {
    ...readFields(definition, element), consents: readConsents(element), language: MAIL_LANGUAGES[language],
  }, async (received) => {
    if (draft.token) await mutate(DISCARD_DRAFT, { token: draft.token }).catch(() => {}); // it goes by itself after some days
    showDone(received);
  });
  const element = form({ id: "register-form", class: "paper", "data-whole": true }, send,
    ...drawFields(definition, providers, draft.values), purposes(definition), drawConsents(definition.consents),
    h("div", { class: "form-end" }, h("button", {}, t("register.send"))));
  followChoices(element);
  showView(definition.title, h("p", { class: "lead" }, name === "SEEKER" ? t("register.lead") : t("register.lead_other")), others(name), element, later(name, definition, element, draft));
}

/** Goes on with what was kept under a token. */
export async function showDraft(token) {
  const { formDraft } = await query(FORM_DRAFT, { token });
  if (!formDraft) return showView(t("later.gone"), h("p", {}, t("later.gone_hint")), h("p", {}, h("a", { class: "button", href: "#register" }, t("start.register_link"))));
  const values = Object.fromEntries(formDraft.values.map(({ field: name, value }) => [name, JSON.parse(value)]));
  return showRegistration(formDraft.form, { token, values });
}

/** A button that keeps what is filled in, and the link with which somebody goes on. */
function later(name, definition, element, draft) {
  const outcome = h("p", { role: "status", id: "later-link" });
  const keep = (place) => sendOperation(place, SAVE_DRAFT, { form: name, token: draft.token, values: kept(definition, element) }, ({ token, expiresAt }) => {
    draft.token = token;
    noticeSent(element);
    outcome.replaceChildren(t("later.kept", { moment: instant(expiresAt) }), " ", h("a", { href: `#draft=${token}` }, t("later.link")));
  });
  return form({ id: "later", class: "paper" }, keep, h("h2", {}, t("later.title")), h("p", { class: "hint" }, t("later.hint")),
    h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("later.keep"))), outcome);
}

function kept(definition, element) {
  const secret = new Set(definition.fields.filter(({ kind }) => kind === "PASSWORD").map(({ name }) => name));
  return Object.entries(readFields(definition, element)).filter(([name]) => !secret.has(name))
    .map(([name, value]) => ({ field: name, value: JSON.stringify(value) }));
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
