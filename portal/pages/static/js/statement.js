// What was worked in a month of a contract, to read, to print, and as a file.
import { STATEMENT } from "./appointment_operations.js";
import { spanText } from "./appointment_span.js";
import { today } from "./berlin.js";
import { h } from "./dom.js";
import { field, select } from "./forms.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { printoutLinks } from "./printouts.js";
import { showFailure } from "./refusals.js";
import { money, month, t } from "./texts.js";

/** The section of a contract's hours, the present month first; `update` reads it anew. */
export function statementSection(contract) {
  const months = monthsSince(contract.startsOn);
  const body = h("div", { id: "statement" });
  const chosen = select("month", months.map((each) => [each, month(each)]), months[0], { on: { change: () => update() } });
  let shown = chosen.value;
  const update = async () => {
    const wanted = chosen.value;
    try {
      await drawNewest(body, () => query(STATEMENT, { id: contract.id, month: wanted }), ({ monthlyStatement }) => {
        shown = wanted;
        chosen.value = shown;
        if (monthlyStatement) draw(body, monthlyStatement);
      });
    } catch (error) {
      chosen.value = shown; // figures never stand below another month than theirs
      showFailure(body, error);
    }
  };
  return { element: h("section", { "aria-labelledby": "hours-heading" },
    h("h2", { id: "hours-heading" }, t("statement.title")), field(chosen, t("statement.month")), body), update };
}

function monthsSince(first) {
  const [months, present] = [[], today().slice(0, 7)];
  for (const at = new Date(`${present}-15T12:00:00Z`); ; at.setUTCMonth(at.getUTCMonth() - 1)) {
    months.push(at.toISOString().slice(0, 7));
    if (months.at(-1) <= first.slice(0, 7)) return months;
  }
}

function draw(body, { lines, minutes, cents, confirmedMinutes, confirmedCents, printouts }) {
  body.replaceChildren(
    lines.length ? h("ul", { class: "facts" }, ...lines.map(line)) : h("p", {}, t("statement.none")),
    h("p", {}, t("statement.sum", { minutes, amount: money(cents) })),
    h("p", {}, t("statement.confirmed", { minutes: confirmedMinutes, amount: money(confirmedCents) })),
    printoutLinks(printouts));
}

function line({ beginsAt, endsAt, minutes, cents, confirmed, comerName, parts }) {
  const state = confirmed ? t("statement.yes") : t("statement.no");
  return h("li", {}, `${spanText(beginsAt, endsAt)}: ${comerName}, ${t("summary.minutes", { minutes })}, ${money(cents)}, ${state}`,
    parts.length > 0 && h("ul", { class: "facts" }, ...parts.map((part) => h("li", {}, paid(part)))));
}

/** Who pays for what of a line, by which law; without a payer it is not covered. */
function paid({ payer, legalBasis, minutes, cents }) {
  const by = payer ? `${t(`payer.${payer}`)}, ${legalBasis}` : legalBasis;
  return `${by}: ${t("summary.minutes", { minutes })}, ${money(cents)}`;
}
