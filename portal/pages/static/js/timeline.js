// What has happened to an order so far, in sentences and without names: read when it is unfolded.
import { h } from "./dom.js";
import { query } from "./graph.js";
import { TIMELINE } from "./operations.js";
import { showFailure } from "./refusals.js";
import { instant, t } from "./texts.js";

const PAGE = 100;

/** The fold; `update` adds what has come since, and `name` tells several of them apart. */
export function timelineFold(orderId, name = null) {
  const page = { orderId, cursor: null, list: h("ol", { class: "timeline" }), none: h("p", { hidden: true }, t("timeline.none")) };
  page.busy = Promise.resolve();
  const update = () => {
    page.busy = page.busy.then(() => element.open && read(page)).catch((error) => showFailure(element, error, { focus: false }));
    return page.busy;
  };
  const title = name ? t("timeline.of", { name }) : t("timeline.title");
  const element = h("details", { class: "fold timeline-fold", on: { toggle: update } }, h("summary", {}, title), page.none, page.list);
  return { element, update };
}

/** The history only grows: what comes behind the last entry is new. */
async function read(page) {
  for (let more = true; more;) {
    const { order } = await query(TIMELINE, { id: page.orderId, first: PAGE, after: page.cursor });
    const { nodes = [], pageInfo } = order?.timeline ?? {};
    page.list.append(...nodes.map(entry));
    page.cursor = pageInfo?.endCursor ?? page.cursor;
    more = Boolean(pageInfo?.hasNextPage);
  }
  page.none.hidden = page.list.children.length > 0;
}

function entry({ at, sentence, actorSide }) {
  return h("li", {}, h("p", {}, h("time", { datetime: at }, instant(at)), h("br"), sentence),
    h("p", { class: "hint" }, t(`side.${actorSide}`)));
}
