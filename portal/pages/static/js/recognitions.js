// Customer service: what providers are recognised for, and recording what was seen.
import { today } from "./berlin.js";
import { RECOGNITIONS } from "./desk_operations.js";
import { announce, drawList, h } from "./dom.js";
import { field, form, input, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { RECORD_RECOGNITION } from "./operations.js";
import { missing, showRefusal } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { day, t } from "./texts.js";

const KINDS = ["INTEGRATION_ASSISTANCE", "CARE_SERVICE", "EVERYDAY_SUPPORT", "WORK_AND_EDUCATION"];
const PAGE = 20;

/** A section with every provider. */
export async function recognitionsSection() {
  const page = { list: h("ul", { class: "cards", id: "recognitions" }) };
  page.more = moreButton(page, PAGE, load);
  await load(page);
  return h("section", { "aria-labelledby": "recognitions-heading" },
    h("h2", { id: "recognitions-heading" }, t("recognitions.title")),
    h("p", {}, t("recognitions.lead")), page.list, page.more);
}

function load(page) {
  return drawRows(page, async (which) => (await query(RECOGNITIONS, which)).providers,
    ({ nodes }) => drawList(page.list, nodes, ({ id }) => id, (provider) => card(provider, page)));
}

function card(provider, page) {
  const { recognitions, availableActions } = provider;
  return h("li", { class: "card provider" },
    h("h3", {}, provider.name),
    h("ul", { class: "facts" }, ...(recognitions.length ? recognitions.map((each) => h("li", {}, period(each))) : [h("li", {}, t("recognitions.none"))])),
    ...availableActions.filter(({ code, available }) => code === "RECORD_RECOGNITION" && available)
      .map(({ code, label }) => h("details", { class: "fold", "data-code": code }, h("summary", {}, label), recording(provider, page))));
}

function period({ kindLabel, validFrom, validUntil }) {
  const end = validUntil && t("recognitions.until", { day: day(validUntil) });
  return [`${kindLabel},`, t("recognitions.from", { day: day(validFrom) }), end].filter(Boolean).join(" ");
}

function recording(provider, page) {
  const send = (element) => {
    const values = valuesOf(element);
    if (!values.validFrom) {
      showRefusal(element, missing("validFrom"));
      return null;
    }
    return sendOperation(element, RECORD_RECOGNITION, { providerId: provider.id, validUntil: null, ...values }, async () => {
      await load(page);
      page.list.querySelector(`[data-key="${CSS.escape(provider.id)}"] summary`)?.focus();
      announce(t("recognitions.saved"));
    });
  };
  return form({ class: "recognition" }, send,
    field(select("kind", KINDS.map((code) => [code, t(`recognition.${code}`)]), KINDS[0]), t("field.recognition")),
    h("div", { class: "row" },
      field(input("validFrom", "date", today()), t("field.validFrom"), { required: true }),
      field(input("validUntil", "date"), t("field.validUntil"), { hint: t("recognitions.until_hint") })),
    h("div", { class: "form-end" }, h("button", {}, t("desk.save"))));
}
