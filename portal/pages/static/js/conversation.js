// What both sides of a match write to each other, live: the newest stands beside the field for writing.
import { announce, drawList, h } from "./dom.js";
import { field, form, valuesOf } from "./forms.js";
import { query } from "./graph.js";
import { watch } from "./live.js";
import { drawNewest } from "./newest.js";
import { CONVERSATION, MARK_READ, MESSAGE_ADDED, SEND_MESSAGE } from "./operations.js";
import { showFailure } from "./refusals.js";
import { sendOperation } from "./sending.js";
import { instant, t } from "./texts.js";

const PAGE = 50;
const REACHABLE = /(?:\+|0)\d(?:[\s/().-]?\d){5,}|\S@\S+\.\w/; // as domain/contact.py, which looks more closely
const ENOUGH = 60; // letters that tell one message from another

/** The section of a conversation; `report` takes a message of the other side, whose `name` may be known; `stop` ends following it. */
export function conversationSection(id, report, name = null) {
  const page = { id, report, name, pages: 1, newest: null };
  page.list = h("ol", { class: "messages", id: "messages" });
  page.none = h("p", {}, t("messages.none"));
  page.closed = h("p", { hidden: true }, t("messages.closed"));
  page.older = h("button", { type: "button", class: "quiet", id: "older-messages", hidden: true, on: { click: () => older(page) } }, t("messages.older"));
  page.form = form({ id: "write" }, (element) => sendOperation(element, SEND_MESSAGE,
    { conversationId: id, text: valuesOf(element).text ?? "" }, ({ warnings }) => {
      element.reset();
      page.hint.textContent = warnings.map(({ message }) => message).join(" ");
      return load(page);
    }),
    field(h("textarea", { name: "text", rows: "3", on: { input: ({ target }) => warn(page, target.value) } }), t("messages.text")),
    page.hint = h("p", { class: "hint", role: "status" }),
    h("div", { class: "form-end" }, h("button", {}, t("messages.send"))));
  const element = h("section", { "aria-labelledby": "conversation-heading", id: "conversation" },
    h("h2", { id: "conversation-heading" }, t("messages.title")), page.none, page.older, page.list, page.closed, page.form);
  const again = () => load(page).catch(() => setTimeout(again, 2000));
  again();
  return { element, stop: watch(MESSAGE_ADDED, { conversationId: id }, { onEvent: again, onResync: again }) };
}

/** Before it is sent: what a stranger could call or write to may come later. */
function warn(page, text) {
  const sentence = REACHABLE.test(text) ? t("messages.reachable") : "";
  if (page.hint.textContent !== sentence) page.hint.textContent = sentence;
}

function load(page) {
  return drawNewest(page, () => read(page), (found) => found && draw(page, found));
}

async function draw(page, found) {
  const { open, unreadCount, messages, more } = found;
  page.none.hidden = messages.length > 0;
  page.older.hidden = !more;
  page.form.hidden = !open;
  page.closed.hidden = open;
  drawList(page.list, messages, ({ id }) => id, (each) => message(each, page));
  tell(page, messages);
  if (unreadCount > 0) {
    await sendOperation(page.form, MARK_READ, { conversationId: page.id, messageId: messages.at(-1).id }, () => {});
  }
}

/** As many pages as are shown, read from the newest on and put into the order of writing. */
async function read({ id, pages }) {
  const messages = [];
  let after = null;
  for (let left = pages; ; left -= 1) {
    const { conversation } = await query(CONVERSATION, { id, first: PAGE, after });
    if (!conversation) return null;
    const { nodes, pageInfo } = conversation.messages;
    messages.unshift(...nodes.reverse());
    after = pageInfo.endCursor;
    if (left === 1 || !pageInfo.hasNextPage) return { ...conversation, messages, more: pageInfo.hasNextPage };
  }
}

async function older(page) {
  const before = page.list.firstElementChild;
  page.pages += 1;
  try {
    await load(page);
    before?.previousElementSibling?.focus();
  } catch (error) {
    page.pages -= 1;
    showFailure(page.form, error);
  }
}

/** Says aloud what the other side has written since the last time. */
function tell(page, messages) {
  const before = page.newest;
  page.newest = messages.at(-1)?.id ?? "";
  if (before === null) return;
  const fresh = messages.slice(messages.findIndex(({ id }) => id === before) + 1).filter(({ mine }) => !mine);
  if (fresh.length) announce(fresh.map(({ text }) => t("messages.new", { text })).join(" "));
}

function message({ id, mine, text, sentAt, isRead }, { report, name }) {
  const who = mine ? t("messages.you") : name ?? t("messages.other");
  return h("li", { class: mine ? "message mine" : "message", tabindex: "-1" },
    h("p", { class: "hint" }, `${who}, ${instant(sentAt)}${mine && isRead ? ` · ${t("messages.read")}` : ""}`),
    h("p", {}, text),
    !mine && h("button", { type: "button", class: "link report-message", "data-focus": `${id} report`, "aria-label": t("messages.report_which", { text: text.slice(0, ENOUGH) }),
      on: { click: () => report({ id, text }) } }, t("messages.report")));
}
