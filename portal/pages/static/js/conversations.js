// The viewer's conversations, those of ended matches too, and one of them by itself.
import { conversationSection } from "./conversation.js";
import { drawList, h, showView } from "./dom.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { CONVERSATIONS } from "./news_operations.js";
import { reporting } from "./safety.js";
import { instant, t } from "./texts.js";
import { whenNews } from "./unread.js";

const PAGE = 20;

/** Draws the list with what is unread, or the one conversation; gives the function that stops following. */
export async function showConversations(id, viewer) {
  if (id) return showOne(id);
  const page = { viewer, list: h("ul", { class: "cards", id: "conversations" }), none: h("p", {}, t("conversations.none")) };
  page.more = moreButton(page, PAGE, load);
  await load(page);
  showView(t("conversations.title"), h("p", {}, h("a", { href: "#news" }, `← ${t("match.back")}`)), page.none, page.list, page.more);
  return whenNews(() => load(page).catch(() => {}));
}

/** Where the match is seen no more: what was written stays for some months. */
function showOne(id) {
  const report = reporting();
  const talk = conversationSection(id, report.about);
  showView(t("conversations.one"), h("p", {}, h("a", { href: "#conversations" }, `← ${t("match.back")}`)), talk.element, report.element);
  return talk.stop;
}

function load(page) {
  return drawRows(page, async (which) => (await query(CONVERSATIONS, which)).conversations, ({ nodes }) => {
    page.none.hidden = nodes.length > 0;
    drawList(page.list, nodes, ({ id }) => id, (each) => card(each, page.viewer));
  });
}

function card({ id, open, unreadCount, lastMessageAt, createdAt, match }, { role }) {
  const who = role === "SEEKER" && (match?.assistant?.firstName ?? match?.provider?.name);
  const about = match?.order?.description?.trim().split("\n")[0];
  return h("li", { class: "card" },
    h("h2", {}, h("a", { href: match ? `#match=${match.id}` : `#conversations=${id}` }, who || about || t("conversations.ended"))),
    h("p", {}, unreadCount > 0 && h("span", { class: "state" }, t("conversations.unread", { number: unreadCount })), " ",
      lastMessageAt ? t("conversations.last", { moment: instant(lastMessageAt) }) : t("orders.created", { date: instant(createdAt) })),
    who && about && h("p", {}, about),
    h("p", {}, open ? match?.stateLabel ?? "" : t("messages.closed")));
}
