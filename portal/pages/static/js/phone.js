// People on the telephone: registering them, taking their code, acting for them, telling them what is new.
import { actingSection } from "./delegations.js";
import { announce, drawList, h } from "./dom.js";
import { drawConsents, drawFields, readConsents, readFields } from "./fields.js";
import { field, form, input, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { CONFIRM_BY_PHONE, FORM, MESSAGES_TO_TELL, RECORD_TOLD, REGISTER_BY_PHONE, SEND_PHONE_CODE } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, language, MAIL_LANGUAGES, t } from "./texts.js";

const PAGE = 20;

/** A section with everything but the codes; `changed` is called after a registration, `home` to act. */
export async function phoneSection(changed, home) {
  const page = { list: h("ul", { class: "cards", id: "to-tell" }), heading: h("h3", { id: "telling" }) };
  page.more = moreButton(page, PAGE, load);
  const { form: definition } = await query(FORM, { name: "SEEKER_BY_PHONE" });
  await load(page);
  return h("section", { "aria-labelledby": "phone" }, h("h2", { id: "phone" }, t("phone.title")),
    registration(definition, changed),
    await actingSection(home),
    h("section", { "aria-labelledby": "telling" }, page.heading, h("p", { class: "hint" }, t("phone.tell_hint")), page.list, page.more));
}

function load(page) {
  return drawRows(page, async (which) => (await query(MESSAGES_TO_TELL, which)).messagesToTell, ({ nodes, totalCount }) => {
    page.heading.textContent = t("phone.tell", { number: totalCount });
    drawList(page.list, nodes, ({ id }) => id, (each) => message(each, page));
  });
}

function message({ id, subject, createdAt, user }, page) {
  const item = h("li", { class: "card" });
  const done = () => sendOperation(item, RECORD_TOLD, { messageId: id }, async ({ message: said }) => {
    announce(said);
    await load(page);
  });
  item.append(
    h("h4", {}, `${user.firstName} ${user.lastName}`),
    h("p", {}, [user.phone ?? user.mobile, subject, instant(createdAt)].filter(Boolean).join(" · ")),
    h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet told", on: { click: done } }, t("phone.told"))));
  return item;
}

function registration(definition, changed) {
  const outcome = h("div", { role: "status", id: "phone-outcome" });
  const send = (element) => sendOperation(element, REGISTER_BY_PHONE, {
    ...readFields(definition, element), language: MAIL_LANGUAGES[language],
  }, async (sent) => {
    outcome.replaceChildren(...sentence(sent));
    element.reset();
    await changed();
  });
  return h("details", { class: "fold", "data-code": "REGISTER_BY_PHONE" }, h("summary", {}, definition.title),
    form({ id: "phone-form" }, send, ...drawFields(definition, []),
      h("div", { class: "form-end" }, h("button", {}, t("phone.register")))),
    outcome);
}

function sentence({ message: said, nextStep, letter }) {
  return [h("p", {}, `${said} ${nextStep}`), letter && h("pre", { class: "letter", tabindex: "0", "aria-label": t("phone.letter") }, letter)].filter(Boolean);
}

/** Takes the code that somebody tells, and sends it again; for accounts that wait for it. */
export async function codeForm(account, done) {
  const { form: { consents } } = await query(FORM, { name: "SEEKER_BY_PHONE" });
  const outcome = h("div", { role: "status" });
  const send = (element) => sendOperation(element, CONFIRM_BY_PHONE, {
    userId: account.id, code: valuesOf(element).code ?? "", consents: readConsents(element),
  }, done);
  const again = (event) => sendOperation(event.target.closest("details"), SEND_PHONE_CODE, { userId: account.id }, async (sent) => {
    outcome.replaceChildren(...sentence(sent));
  });
  return h("details", { class: "fold", "data-code": "CONFIRM_BY_PHONE" }, h("summary", {}, t("phone.code")),
    form({ class: "code" }, send,
      field(input("code", "text", "", { inputmode: "numeric", autocomplete: "off" }), t("field.code"), { required: true }),
      drawConsents(consents),
      h("div", { class: "form-end" }, h("button", {}, t("phone.confirm")),
        h("button", { type: "button", class: "quiet", on: { click: again } }, t("phone.again")))),
    outcome);
}
