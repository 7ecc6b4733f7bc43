// Lists that go on: read page by page, as many rows as somebody wants to see.
import { announce, h } from "./dom.js";
import { focusHeading } from "./focus.js";
import { drawNewest } from "./newest.js";
import { showFailure } from "./refusals.js";
import { t } from "./texts.js";

const LARGEST = 100; // rows of one page of the graph

/** The first rows of a connection, all of them unless there is a `number`; `read` gets the variables of a page. */
export async function firstRows(read, number = Infinity) {
  const nodes = [];
  let page = null;
  do {
    page = await read({ first: Math.min(LARGEST, number - nodes.length), after: page?.pageInfo.endCursor ?? null });
    nodes.push(...page.nodes);
  } while (page.pageInfo.hasNextPage && nodes.length < number);
  return { nodes, totalCount: page.totalCount, hasNextPage: page.pageInfo.hasNextPage };
}

/** Reads as many rows as `page.number` says and draws them; gives how many there are at all. */
export function drawRows(page, read, draw) {
  return drawNewest(page, () => firstRows(read, page.number), (found) => {
    page.more.hidden = !found.hasNextPage;
    draw(found);
    return found.totalCount;
  });
}

function focusEntry(entry) {
  const link = entry?.querySelector("h2 a, h3 a");
  if (link) link.focus();
  else focusHeading(entry);
}

/** The button for `step` more rows: `load` draws `page.number` of them into `page.list` and gives how many there are. */
export function moreButton(page, step, load) {
  page.number = step;
  const press = async () => {
    const before = page.list.children.length;
    page.number += step;
    try {
      const total = await load(page);
      focusEntry(page.list.children[before]);
      announce(t("list.shown", { number: page.list.children.length, total }));
    } catch (error) {
      page.number -= step;
      showFailure(page.more.parentElement, error);
    }
  };
  return h("button", { type: "button", class: "quiet", hidden: true, on: { click: press } }, t("list.more"));
}
