// An assistant's provider, and parting from it.
import { LEAVE_PROVIDER } from "./account_operations.js";
import { announce, h } from "./dom.js";
import { form } from "./forms.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

/** The section of whoever works for a provider; `home` is called once that is over. */
export function providerOf(assistant, home) {
  if (!assistant?.provider) return null;
  const leave = (element) => window.confirm(t("leaving.sure")) && sendOperation(element, LEAVE_PROVIDER, { assistantId: assistant.id }, ({ message }) => {
    announce(message);
    home();
  });
  return h("section", { "aria-labelledby": "works-for", class: "paper" },
    h("h2", { id: "works-for" }, t("leaving.title", { name: assistant.provider.name })),
    form({ id: "leave-provider" }, leave,
      h("p", { class: "hint" }, t("leaving.hint")),
      h("div", { class: "form-end" }, h("button", { class: "quiet" }, t("leaving.send")))));
}
