// Where to ask about a calculation.
import { h } from "./dom.js";
import { t } from "./texts.js";

/** A section beside a result: who advises, and who decides. */
export function centresSection({ whereToAsk }) {
  return h("section", { class: "paper", id: "where-to-ask", "aria-labelledby": "ask-heading" },
    h("h2", { id: "ask-heading" }, t("contribution.where_to_ask")),
    h("p", {}, whereToAsk));
}
