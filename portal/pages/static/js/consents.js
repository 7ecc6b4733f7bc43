// Consents: agreeing to texts that are new, and withdrawing the one that can be withdrawn.
import { announce, h, showView } from "./dom.js";
import { drawConsents, readConsents } from "./fields.js";
import { form } from "./forms.js";
import { isRefusal, mutate, query } from "./graph.js";
import { CONSENTS, GIVE_CONSENTS, WITHDRAW_CONSENT } from "./operations.js";
import { clearRefusals, showFailure, showRefusal } from "./refusals.js";
import { instant, t } from "./texts.js";

/** Draws what is still to be agreed to and what was; `done` is called after agreeing. */
export async function showConsents(viewer, done) {
  const { consents } = await query(CONSENTS);
  const open = consents.filter(({ givenAt }) => !givenAt);
  const given = consents.filter(({ givenAt }) => givenAt);
  showView(t("consents.title"),
    h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    open.length > 0 && form({ id: "consents-form", class: "paper" },
      (element) => sent(element, GIVE_CONSENTS, { consents: readConsents(element) }, done),
      drawConsents(open), h("div", { class: "form-end" }, h("button", {}, t("consents.send")))),
    h("ul", { class: "cards", id: "consents-given" }, ...given.map((consent) => card(consent, viewer, done))));
}

function card({ kind, title, text, givenAt, withdrawable }, viewer, done) {
  const again = () => showConsents(viewer, done);
  return h("li", { class: "card" }, h("h2", {}, title),
    h("p", {}, t("consents.since", { moment: instant(givenAt) })),
    h("details", { class: "fold" }, h("summary", {}, t("consents.read", { title })), h("p", {}, text)),
    withdrawable && form({ class: "withdraw" }, (element) => sent(element, WITHDRAW_CONSENT, { kind }, again),
      h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("consents.withdraw")))));
}

async function sent(place, operation, values, then) {
  clearRefusals(place);
  try {
    const payload = await mutate(operation, values);
    if (isRefusal(payload)) return showRefusal(place, payload);
    announce(payload.message);
    return then();
  } catch (error) {
    return showFailure(place, error);
  }
}
