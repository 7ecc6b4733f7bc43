// Proofs of assistants: who lacks one, recording what was shown, the letter for the certificate.
import { today } from "./berlin.js";
import { PROOFS_DUE } from "./desk_operations.js";
import { announce, drawList, h } from "./dom.js";
import { field, form, input, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { QUALITIES, RECORD_EVIDENCE, WRITE_CERTIFICATE_LETTER } from "./operations.js";
import { sendOperation } from "./sending.js";
import { day, t } from "./texts.js";

const PAGE = 10;
// What a record of each kind takes beside verdict and day; the server holds the rules.
const FIELDS = {
  CERTIFICATE_OF_CONDUCT: ["datedOn", "validUntil"],
  MEASLES_PROTECTION: ["exemption", "validUntil"],
  INTERVIEW: [],
  TRAINING: ["hours", "quality", "exemption", "validUntil"],
  QUALIFICATION: ["quality", "validUntil"],
  INSURANCE: ["validUntil"],
};
const EXEMPTIONS = { MEASLES_PROTECTION: ["BORN_BEFORE_1971", "CONTRAINDICATION"], TRAINING: ["QUALIFIED"] };

/** A section with everybody whose proofs want looking after; `changed` is called after each record. */
export async function proofsSection(changed = () => {}) {
  const page = { changed };
  page.proven = (await query(QUALITIES)).qualities.filter(({ code }) => code.startsWith("QUA_"));
  page.heading = h("h2", { id: "proofs" });
  page.list = h("ul", { class: "cards", id: "proofs-due" });
  page.more = moreButton(page, PAGE, load);
  await load(page);
  return h("section", { "aria-labelledby": "proofs" }, page.heading, h("p", {}, t("proofs.lead")), page.list, page.more);
}

function load(page) {
  return drawRows(page, async (which) => (await query(PROOFS_DUE, which)).proofsDue, ({ nodes, totalCount }) => {
    page.heading.textContent = t("proofs.count", { number: totalCount });
    drawList(page.list, nodes, ({ id }) => id, (assistant) => card(assistant, page));
  });
}

function card(assistant, page) {
  const proofs = assistant.proofs ?? [];
  return h("li", { class: "card proofs" },
    h("h3", {}, `${assistant.firstName} ${assistant.lastName}`),
    h("ul", { class: "facts" }, ...proofs.map((proof) => h("li", { "data-proof": proof.kind }, standing(proof)))),
    ...(assistant.availableActions ?? []).map(({ code, label }) => h("details", { class: "fold", "data-code": code },
      h("summary", {}, label),
      code === "RECORD_EVIDENCE" ? recordForm(assistant, proofs, page) : letterForm(assistant))));
}

function standing({ label, stateLabel, validUntil }) {
  const end = validUntil ? ` (${t("proofs.until", { day: day(validUntil) })})` : "";
  return `${label}: ${stateLabel}${end}`;
}

function recordForm(assistant, proofs, page) {
  const more = h("div", {});
  const wanted = proofs.find(({ state }) => state !== "VALID") ?? proofs[0];
  const kind = select("kind", proofs.map((proof) => [proof.kind, proof.label]), wanted.kind, {
    on: { change: () => more.replaceChildren(...controls(kind.value, page)) },
  });
  more.append(...controls(wanted.kind, page));
  const send = (element) => {
    const { hours, verdict, ...said } = valuesOf(element);
    return sendOperation(element, RECORD_EVIDENCE, {
      assistantId: assistant.id, ...said,
      verdict: verdict === "SHOWN" ? null : verdict, hours: hours ? Number(hours) : null,
    }, async () => {
      announce(t("proofs.saved"));
      await load(page);
      await page.changed();
    });
  };
  return form({ class: "proof" }, send,
    h("p", { class: "hint" }, t("proofs.hint")),
    field(kind, t("field.proof")),
    field(select("verdict", ["CONFIRMED", "REJECTED", "SHOWN"].map((code) => [code, t(`proof.${code}`)]), "CONFIRMED"), t("field.verdict")),
    field(input("seenOn", "date", today(), { max: today() }), t("field.seenOn"), { required: true }),
    more,
    h("div", { class: "form-end" }, h("button", {}, t("desk.save"))));
}

function controls(kind, page) {
  return FIELDS[kind].map((name) => field(control(name, kind, page), t(`field.${name}`), { required: name === "datedOn" }));
}

function control(name, kind, page) {
  if (name === "hours") return input(name, "number", "", { min: 1, inputmode: "numeric" });
  if (name === "exemption") {
    return select(name, [["", t("proofs.none")], ...EXEMPTIONS[kind].map((code) => [code, t(`exemption.${code}`)])], "");
  }
  if (name === "quality") return select(name, [["", t("proofs.none")], ...page.proven.map(({ code, label }) => [code, label])], "");
  return input(name, "date");
}

function letterForm(assistant) {
  const send = (element) => sendOperation(element, WRITE_CERTIFICATE_LETTER, { assistantId: assistant.id }, ({ message, nextStep, text }) => {
    announce(message);
    element.replaceChildren(
      h("p", {}, `${message} ${nextStep}`),
      h("pre", { class: "letter", tabindex: "0", lang: "de" }, text));
  });
  return form({ class: "letter-form" }, send,
    h("div", { class: "form-end" }, h("button", {}, t("proofs.letter"))));
}
