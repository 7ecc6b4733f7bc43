// Whom the viewer has blocked, and taking it back.
import { announce, drawList, h, showView } from "./dom.js";
import { query } from "./graph.js";
import { drawNewest } from "./newest.js";
import { BLOCKS, UNBLOCK_USER } from "./operations.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

/** Draws the list. */
export async function showBlocks() {
  const page = { list: h("ul", { class: "cards", id: "blocks" }), none: h("p", {}, t("blocks.none")) };
  await load(page);
  page.heading = showView(t("blocks.title"),
    h("p", {}, h("a", { href: "#" }, `← ${t("profile.back")}`)),
    h("p", { class: "hint" }, t("safety.block_hint")), page.none, page.list);
}

function load(page) {
  return drawNewest(page, () => query(BLOCKS), ({ blocks }) => {
    page.none.hidden = blocks.length > 0;
    drawList(page.list, blocks, ({ id }) => id, (each) => card(each, page));
  });
}

function card({ id, name, createdAt }, page) {
  const who = name ?? t("blocks.nameless");
  const item = h("li", { class: "card block" });
  const takeBack = () => sendOperation(item, UNBLOCK_USER, { blockId: id }, async ({ message }) => {
    await load(page);
    page.heading.focus();
    announce(message);
  });
  item.append(
    h("h2", {}, who), h("p", {}, t("blocks.since", { moment: instant(createdAt) })),
    h("div", { class: "form-end" }, h("button", { type: "button", class: "quiet unblock",
      "aria-label": t("blocks.take_back_whom", { name: who }), on: { click: takeBack } }, t("blocks.take_back"))));
  return item;
}
