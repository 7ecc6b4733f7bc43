// The live number of a draft, and what would raise it: one press applies a hint.
import { announce, drawList, h } from "./dom.js";
import { t } from "./texts.js";

const MOST = 6;
const NONE_YET = "…";

/** The number with its hints; `apply` takes a hint's fields and gives whether they were saved. */
export function availabilityView(apply) {
  const number = h("span", { id: "availability", class: "number" }, NONE_YET);
  const most = h("span", { id: "at-most" });
  const houses = h("span", { id: "providers" });
  const heading = h("h3", { id: "hints-heading", hidden: true }, t("hints.title"));
  const list = h("ul", { id: "hints", class: "hints", "aria-labelledby": "hints-heading" });
  const press = async (hint) => {
    const { orderId: _order, ...fields } = hint.input;
    if (await apply(fields)) announce(t("hints.applied"));
  };
  const refusal = h("p", { id: "availability-refusal", class: "hint", role: "status" });
  const update = ({ count, exact, providers, hints }) => {
    refusal.textContent = "";
    number.textContent = String(count);
    most.textContent = exact ? "" : `${t("draft.at_most")} `;
    houses.textContent = providers > 0 ? t("draft.providers", { number: providers }) : "";
    heading.hidden = hints.length === 0;
    drawList(list, hints.slice(0, MOST), keyOf, (hint) => row(hint, press));
  };
  return {
    elements: [
      h("p", { class: "live", "aria-live": "polite", "aria-atomic": "true" }, most, number, " ",
        h("span", {}, t("draft.available")), " ", houses),
      refusal,
      h("p", { class: "hint" }, t("draft.available_hint")),
      heading, list,
    ],
    update,
    refused: ({ message, extensions }) => {
      heading.hidden = true;
      list.replaceChildren();
      const kept = number.textContent === NONE_YET ? "" : t("draft.number_kept");
      refusal.textContent = [kept, message, extensions?.remedy].filter(Boolean).join(" ");
    },
  };
}

function keyOf({ kind, code, input }) {
  return `${kind} ${code ?? JSON.stringify(input.windows ?? "")}`;
}

function row(hint, press) {
  return h("li", {},
    h("span", {}, hint.message), " ",
    h("button", { type: "button", class: "quiet", "data-focus": keyOf(hint), "aria-label": `${t("hints.apply")}: ${hint.message}`,
      on: { click: () => press(hint) } }, t("hints.apply")));
}
