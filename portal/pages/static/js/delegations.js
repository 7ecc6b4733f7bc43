// Who may act for the viewer, and for whom the viewer may act.
import { actFor } from "./acting.js";
import { actionButtons } from "./actions.js";
import { today } from "./berlin.js";
import { announce, drawList, h, showView } from "./dom.js";
import { field, form, input, select, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { firstRows } from "./listing.js";
import { reconnect } from "./live.js";
import { drawNewest } from "./newest.js";
import { DELEGATION_ACTIONS, DELEGATIONS, GRANT_DELEGATION } from "./operations.js";
import { sendOperation } from "./sending.js";
import { day, t } from "./texts.js";

/** Draws both lists; `home` is called when the viewer begins to act. */
export async function showDelegations(viewer, home) {
  const page = { home, theirs: list("theirs"), mine: list("mine"), none: h("p", { id: "nobody" }, t("delegations.nobody")) };
  const seeks = viewer.role === "SEEKER";
  await load(page);
  showView(t("delegations.title"),
    !seeks && h("p", { class: "next-step" }, h("strong", {}, t("next_step")), " ", viewer.nextStep),
    seeks && h("p", {}, h("a", { href: "#" }, t("team.back"))),
    h("section", { "aria-labelledby": "to-act" }, h("h2", { id: "to-act" }, t("delegations.theirs")), page.none, page.theirs),
    seeks && h("section", { "aria-labelledby": "acting" },
      h("h2", { id: "acting" }, t("delegations.mine")),
      h("p", { class: "hint" }, t("delegations.hint")), page.mine,
      grantForm({}, () => load(page))));
}

/** For whom customer service may act, with a button to begin. */
export async function actingSection(home) {
  const { nodes } = await delegations();
  const page = { home };
  const callers = h("ul", { class: "cards", id: "callers" });
  drawList(callers, nodes.filter((each) => each.yoursToAct && each.state === "ACTIVE"), ({ id }) => id, (each) => card(each, page));
  page.theirs = callers;
  return h("section", { "aria-labelledby": "calls" }, h("h3", { id: "calls" }, t("phone.act")), callers);
}

/** Asks for an address and a reason; `fixed` goes along with what is filled in. */
export function grantForm(fixed, done, kinds = ["RELATIVE", "TRUSTED_PERSON"]) {
  const send = (element) => sendOperation(element, GRANT_DELEGATION, { email: "", ...fixed, ...valuesOf(element) }, async () => {
    announce(t("delegations.asked"));
    element.reset();
    await done();
  });
  return h("details", { class: "fold", "data-code": "GRANT_DELEGATION" }, h("summary", {}, t("delegations.ask")), form({ class: "grant" }, send,
    field(input("email", "email", "", { autocomplete: "off" }), t("field.email"), { required: true }),
    field(select("kind", kinds.map((code) => [code, t(`delegation.${code}`)]), kinds[0]), t("field.why")),
    field(input("validUntil", "date", "", { min: today() }), t("field.validUntil")),
    h("div", { class: "form-end" }, h("button", {}, t("delegations.ask")))));
}

function list(id) {
  return h("ul", { class: "cards", id });
}

function delegations() {
  return firstRows(async (part) => (await query(DELEGATIONS, part)).delegations);
}

function load(page) {
  return drawNewest(page, delegations, ({ nodes }) => {
    const theirs = nodes.filter((each) => each.yoursToAct);
    const draw = (each) => card(each, page);
    drawList(page.theirs, theirs, ({ id }) => id, draw);
    if (!page.mine) return;
    page.none.hidden = theirs.length > 0;
    drawList(page.mine, nodes.filter((each) => !each.yoursToAct), ({ id }) => id, draw);
  });
}

function card(each, page) {
  const item = h("li", { class: "card delegation" });
  const press = ({ code }) => sendOperation(item, DELEGATION_ACTIONS[code], { delegationId: each.id, ifVersion: each.version }, async ({ stateLabel }) => {
    announce(stateLabel);
    await load(page);
  });
  const begin = () => {
    actFor(each.id);
    reconnect();
    page.home();
  };
  const until = each.validUntil && t("team.until", { day: day(each.validUntil) });
  const name = each.yoursToAct ? each.principalName : each.delegateName;
  item.append(
    h("h3", {}, name ?? each.email ?? each.kindLabel),
    h("p", {}, [each.kindLabel, each.stateLabel, until].filter(Boolean).join(" · ")),
    h("div", { class: "form-end" },
      each.yoursToAct && each.state === "ACTIVE" ? h("button", { type: "button", class: "act", on: { click: begin } }, t("delegations.act")) : "",
      actionButtons(each.availableActions, each.id, press)));
  return item;
}
