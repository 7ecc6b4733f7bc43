// Choosing a provider: for whoever works or speaks for one and has none.
import { choosing } from "./choosing.js";
import { h } from "./dom.js";
import { form, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { ATTACH_TO_PROVIDER, PROVIDERS } from "./operations.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** The section with which one applies to a provider; nothing where that is not to be done. */
export async function providerSection({ user }, changed) {
  const action = user.availableActions.find(({ code }) => code === "ATTACH_TO_PROVIDER");
  if (!action) return null;
  const options = await providerOptions();
  const send = (element) => {
    const { providerId } = valuesOf(element);
    return sendOperation(element, ATTACH_TO_PROVIDER, { providerId }, changed);
  };
  return h("section", { "aria-labelledby": "choose-provider" },
    h("h2", { id: "choose-provider" }, action.label),
    form({ id: "attach" }, send,
      ...choosing("providerId", options, t("field.provider")),
      h("div", { class: "form-end" }, h("button", {}, action.label))));
}

/** All providers that one can choose, by name. */
export async function providerOptions() {
  const { nodes } = await firstRows(async (which) => (await query(PROVIDERS, which)).providers);
  return nodes.map(({ id, name }) => [id, name]).sort(([, one], [, other]) => one.localeCompare(other));
}
