// The way to the news at the top of the page, with how many are unread, live.
import { actingFor } from "./acting.js";
import { announceLater, h } from "./dom.js";
import { query } from "./graph.js";
import { watch } from "./live.js";
import { NEWS_ADDED, UNREAD } from "./news_operations.js";
import { t } from "./texts.js";

const here = { reader: null, unread: 0, heard: 0, link: null, stop: () => {}, listeners: new Set() };

/** The link for whoever is signed in; following ends with the sign-out. */
export function newsLink({ user, role, needsSecondFactor, owesConsent }) {
  const reader = role === "ANONYMOUS" || needsSecondFactor || owesConsent ? null : `${user?.id} ${actingFor()}`;
  if (reader !== here.reader) follow(reader);
  if (!reader) return null;
  here.link = h("a", { href: "#news", id: "news-link" });
  tell(here.unread);
  return here.link;
}

/** Calls the listener whenever there is news, or some was read; gives the function that ends it. */
export function whenNews(listener) {
  here.listeners.add(listener);
  return () => here.listeners.delete(listener);
}

function follow(reader) {
  here.stop();
  Object.assign(here, { reader, unread: 0, stop: () => {} });
  if (!reader) return;
  const onEvent = (event) => {
    here.heard += 1;
    tell(event.unread);
    if (event.notification) announceLater(t("news.new", { title: event.notification.title }));
    for (const listener of here.listeners) listener();
  };
  const onResync = async () => {
    const { heard } = here;
    const { unreadNotifications: unread } = await query(UNREAD).catch(() => ({}));
    if (unread !== undefined && here.reader === reader && here.heard === heard) onEvent({ unread });
  };
  here.stop = watch(NEWS_ADDED, {}, { onEvent, onResync });
}

function tell(unread) {
  here.unread = unread;
  if (here.link) here.link.textContent = unread > 0 ? t("news.link_unread", { number: unread }) : t("news.title");
}
