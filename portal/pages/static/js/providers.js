// Choosing a provider: for whoever works or speaks for one and has none.
import { h } from "./dom.js";
import { field, form, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { ATTACH_TO_PROVIDER, PROVIDERS } from "./operations.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** The section with which one applies to a provider; nothing where that is not to be done. */
export async function providerSection({ user }, changed) {
  const action = user.availableActions.find(({ code }) => code === "ATTACH_TO_PROVIDER");
  if (!action) return null;
  const { providers: { nodes } } = await query(PROVIDERS);
  const send = (element) => sendOperation(element, ATTACH_TO_PROVIDER, valuesOf(element), changed);
  return h("section", { "aria-labelledby": "choose-provider" },
    h("h2", { id: "choose-provider" }, action.label),
    form({ id: "attach" }, send,
      field(select("providerId", nodes.map(({ id, name }) => [id, name]), ""), t("field.provider")),
      h("div", { class: "form-end" }, h("button", {}, action.label))));
}
