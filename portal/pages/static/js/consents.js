// Consents: agreeing to texts that are new, and withdrawing the one that can be withdrawn.
import { announce, h, paragraphs, showView } from "./dom.js";
import { drawConsents, readConsents } from "./fields.js";
import { form } from "./forms.js";
import { query } from "./graph.js";
import { CONSENTS, GIVE_CONSENTS, WITHDRAW_CONSENT } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

/** Draws what is still to be agreed to and what was; `done` is called after agreeing, `again` after a withdrawal. */
export async function showConsents(viewer, done, again) {
  const { consents, agreements } = await query(CONSENTS);
  const open = consents.filter(({ givenAt }) => !givenAt);
  const given = consents.filter(({ givenAt }) => givenAt);
  const present = (each) => given.some(({ kind, version }) => kind === each.kind && version === each.version);
  const earlier = agreements.filter((each) => each.withdrawnAt || !present(each));
  showView(t("consents.title"),
    !viewer.owesConsent && h("p", {}, h("a", { href: viewer.actsAs ? "#" : "#account" }, `← ${t("profile.back")}`)),
    viewer.owesConsent && h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    open.length > 0 && form({ id: "consents-form", class: "paper" },
      (element) => sendOperation(element, GIVE_CONSENTS, { consents: readConsents(element) }, told(done)),
      drawConsents(open), h("div", { class: "form-end" }, h("button", {}, t("consents.send")))),
    h("ul", { class: "cards", id: "consents-given" }, ...given.map((consent) => card(consent, viewer, again))),
    earlier.length > 0 && h("section", { "aria-labelledby": "earlier" }, h("h2", { id: "earlier" }, t("consents.earlier")),
      h("ul", { class: "cards", id: "consents-earlier" }, ...earlier.map(past))));
}

/** A text that was agreed to before, as it was read then. */
function past({ title, text, language, version, givenAt, withdrawnAt }) {
  return h("li", { class: "card" }, h("h3", { lang: language }, title),
    h("p", {}, t("consents.since", { moment: instant(givenAt) })),
    withdrawnAt && h("p", {}, t("consents.withdrawn", { moment: instant(withdrawnAt) })),
    h("details", { class: "fold" }, h("summary", {}, t("consents.read_version", { title, version })), ...paragraphs(text, { lang: language })));
}

function card({ kind, title, text, givenAt, withdrawable }, viewer, again) {
  return h("li", { class: "card" }, h("h2", {}, title),
    h("p", {}, t("consents.since", { moment: instant(givenAt) })),
    h("details", { class: "fold" }, h("summary", {}, t("consents.read", { title })), ...paragraphs(text)),
    withdrawable && form({ class: "withdraw" }, (element) => window.confirm(t("consents.sure"))
      && sendOperation(element, WITHDRAW_CONSENT, { kind }, told(again)),
      h("p", { class: "hint" }, t(`consents.ends.${viewer.role}`)),
      h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("consents.withdraw")))));
}

/** Says what happened, then goes on. */
function told(then) {
  return ({ message }) => {
    announce(message);
    return then();
  };
}
