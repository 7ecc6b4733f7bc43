// What somebody says of the own person, drawn from the form of the role.
import { answersOf } from "./answers.js";
import { announce, h, showView } from "./dom.js";
import { drawFields, readFields } from "./fields.js";
import { field, form, select } from "./forms.js";
import { query } from "./graph.js";
import { noticeSent } from "./kept.js";
import { FORM, PROFILE, UPDATE_PROFILE } from "./operations.js";
import { sendOperation } from "./sending.js";
import { PARTIES } from "./session.js";
import { MAIL_LANGUAGES, t } from "./texts.js";

const FORMS = { SEEKER: "SEEKER_PROFILE", ASSISTANT: "ASSISTANT_PROFILE", COORDINATOR: "CONTACT", REPRESENTATIVE: "CONTACT" };

/** Whether people in this role say something of themselves. */
export function hasProfile({ role }) {
  return role in FORMS;
}

/** Draws the form with what stands there now. */
export async function showProfile(viewer) {
  const [{ form: definition }, { viewer: { user } }] = await Promise.all([
    query(FORM, { name: FORMS[viewer.role] }), query(PROFILE)]);
  let { version } = user;
  const warnings = h("div", { role: "status", id: "introduction-warnings" });
  const warn = ({ seeker, assistant }) => warnings.replaceChildren(
    ...((seeker ?? assistant)?.introductionWarnings ?? []).map(({ message }) => h("p", { class: "note" }, message)));
  warn(user);
  const send = (element) => sendOperation(element, UPDATE_PROFILE, { ...readFields(definition, element), language: element.elements.language.value, ifVersion: version }, async (changed) => {
    version = changed.version;
    noticeSent(element);
    warn(changed);
    announce(t("team.saved"));
    element.querySelector("#saved").textContent = t("team.saved");
  });
  showView(definition.title,
    h("p", {}, h("a", { href: "#" }, t("profile.back"))),
    h("p", { class: "hint" }, t("profile.names")),
    form({ id: "profile-form", class: "paper", "data-whole": true }, send,
      ...drawFields(definition, [], valuesOf(user)), warnings, mailLanguage(user),
      h("div", { class: "form-end" }, h("button", {}, t("desk.save")), h("span", { id: "saved" }))),
    user.talks?.length > 0 && answersSection(user.talks),
    PARTIES.includes(viewer.role) && h("p", {}, h("a", { href: "#blocks" }, t("blocks.title"))));
}

/** In which language mails come, whatever language the page is read in; each calls itself as above. */
function mailLanguage({ language }) {
  const names = [...document.querySelectorAll("#language option")].map(({ value, label }) => [MAIL_LANGUAGES[value], label]);
  return field(select("language", names, MAIL_LANGUAGES[language]), t("profile.language"));
}

function answersSection(talks) {
  const heading = h("h2", { id: "answers-heading", tabindex: "-1" }, t("answers.title"));
  const place = h("div", {});
  const draw = (present) => {
    const forms = answersOf(present, (corrected) => {
      draw(corrected);
      heading.focus();
      announce(t("answers.saved"));
    });
    place.replaceChildren(...(forms.length ? forms : [h("p", {}, t("answers.none"))]));
  };
  draw(talks);
  return h("section", { "aria-labelledby": "answers-heading", id: "answers" }, heading, place);
}

/** What stands there, by the names of the form's fields. */
function valuesOf({ seeker, assistant, ...user }) {
  const codes = (list) => list?.map(({ code }) => code);
  const profile = seeker ?? assistant ?? {};
  return { ...user, ...profile, needs: codes(seeker?.needs), activities: codes(assistant?.activities), qualities: codes(assistant?.qualities) };
}
