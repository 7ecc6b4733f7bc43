// Which sources pay for a contract's hours, and in which order: for the person whose sources they are.
import { announce, h } from "./dom.js";
import { field, form, group, select, valuesOf } from "./forms.js";
import { FUND_CONTRACT, SOURCES_CHOSEN, SOURCES_TO_CHOOSE } from "./funding_operations.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { sendOperation } from "./sending.js";
import { dateOf, t } from "./texts.js";

const MOST = 10;

/** The section of a contract; `done` is called once another order holds. */
export async function choiceSection(contract, done) {
  const [{ nodes }, { contract: { funding } }] = await Promise.all([
    firstRows(async (part) => (await query(SOURCES_TO_CHOOSE, part)).fundingSources), query(SOURCES_CHOSEN, { id: contract.id }),
  ]);
  const chosen = (funding ?? []).map(({ source }) => source.id);
  const places = Math.min(MOST, nodes.length);
  const send = (element) => sendOperation(element, FUND_CONTRACT,
    { contractId: contract.id, fundingSourceIds: Object.values(valuesOf(element)) }, async () => {
      announce(t("funding.chosen"));
      await done();
    });
  return h("section", { "aria-labelledby": "choice-heading", id: "funding-choice" },
    h("h2", { id: "choice-heading" }, t("funding.who_pays")),
    nodes.length === 0 && h("p", {}, t("funding.none")),
    h("p", {}, h("a", { href: "#funding" }, t("funding.title"))),
    nodes.length > 0 && form({ id: "choice-form", class: "paper" }, send,
      group("fundingSourceIds", t("funding.order"), t("funding.order_hint"),
        ...[...Array(places).keys()].map((at) => field(
          select(`place-${at + 1}`, [["", t("funding.nobody")], ...nodes.map(named)], chosen[at] ?? ""), t("funding.place", { number: at + 1 })))),
      h("div", { class: "form-end" }, h("button", {}, t("funding.choose")))));
}

function named({ id, instrumentLabel, payerLabel, stateLabel, validFrom }) {
  return [id, `${instrumentLabel}, ${payerLabel} (${stateLabel}, ${t("funding.from", { from: dateOf(validFrom) })})`];
}
