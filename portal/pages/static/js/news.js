// What the viewer was told, which ways it went and whether it arrived; live.
import { announce, drawList, h, showView } from "./dom.js";
import { query } from "./graph.js";
import { drawRows, moreButton } from "./listing.js";
import { choicesSection } from "./news_choices.js";
import { MARK_NEWS_READ, NEWS } from "./news_operations.js";
import { devicesSection } from "./push.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";
import { whenNews } from "./unread.js";

const PAGE = 20;
const GATHER = 150;
const LATER = 2000;

/** Draws the list, the newest first; gives the function that stops following. */
export async function showNews(viewer) {
  const page = { viewer, timer: null };
  page.list = h("ul", { class: "cards", id: "news" });
  page.none = h("p", {}, t("news.none"));
  page.place = h("div", {});
  page.all = h("button", { type: "button", class: "quiet", id: "read-all", on: { click: () => read(page, page.place, null) } }, t("news.read_all"));
  page.more = moreButton(page, PAGE, load);
  page.soon = (pause = GATHER) => {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => load(page).catch(() => page.soon(LATER)), pause);
  };
  await load(page);
  const choices = !viewer.actsAs && [await choicesSection(), await devicesSection()];
  page.heading = showView(t("news.title"), h("p", { class: "lead" }, t("news.lead")),
    h("p", {}, h("a", { href: "#conversations" }, t("conversations.title"))),
    page.place, h("section", { "aria-labelledby": "told" }, h("h2", { id: "told" }, t("news.told")), page.all, page.none, page.list, page.more), choices);
  const stop = whenNews(() => page.soon());
  return () => {
    stop();
    clearTimeout(page.timer);
  };
}

function load(page) {
  return drawRows(page, async (which) => (await query(NEWS, which)).notifications, ({ nodes }) => {
    page.none.hidden = nodes.length > 0;
    page.all.hidden = !nodes.some(({ state }) => state === "UNREAD");
    drawList(page.list, nodes, ({ id }) => id, (each) => card(each, page));
  });
}

function read(page, place, ids) {
  return sendOperation(place, MARK_NEWS_READ, { notificationIds: ids }, async ({ message }) => {
    announce(message);
    await load(page);
    if (document.activeElement === document.body || document.activeElement.hidden) page.heading.focus();
  });
}

function card(news, page) {
  const item = h("li", { class: "card" });
  const unread = news.state === "UNREAD";
  const target = targetOf(news, page.viewer);
  const deliveries = news.deliveries.map(({ channelLabel, stateLabel, at }) => h("li", {},
    [`${channelLabel}: ${stateLabel}`, at && instant(at)].filter(Boolean).join(", ")));
  item.append(...[
    h("h3", {}, target ? h("a", { href: target }, news.title) : news.title),
    h("p", {}, unread && h("span", { class: "state" }, t("news.unread")), unread && " ", `${news.topicLabel}, ${instant(news.createdAt)}`),
    news.text && news.text !== news.title && h("p", {}, news.text),
    deliveries.length > 0 && h("ul", { class: "facts" }, ...deliveries),
    h("div", { class: "form-end" }, unread && h("button", { type: "button", class: "quiet", "aria-label": t("news.read_which", { title: news.title }),
      on: { click: () => read(page, item, [news.id]) } }, t("news.read"))),
  ].filter(Boolean));
  return item;
}

/** Where it is shown what the news is about; null where the viewer has no such view. */
function targetOf({ order, match, nomination, meeting, contract, appointment, fundingSource }, { role }) {
  if (!["SEEKER", "ASSISTANT", "COORDINATOR"].includes(role)) return null;
  const meant = match ?? nomination?.match ?? meeting?.match ?? contract?.match;
  if (meant) return `#match=${meant.id}`;
  if (contract) return `#appointments=${contract.id}`;
  if (appointment) return appointment.contract ? `#appointments=${appointment.contract.id}` : "#appointments";
  if (fundingSource && role === "SEEKER") return `#funding=${fundingSource.id}`;
  return order && role === "SEEKER" ? `#order=${order.id}` : null;
}
