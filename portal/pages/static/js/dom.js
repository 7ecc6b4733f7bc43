// Building and replacing parts of the page.

/** An element with properties, attributes and children; `on` holds its listeners. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  } else if (name === "value" || name === "checked") {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

let numbers = 0;

/** An id that no other element of the page has. */
export function freshId(prefix) {
  numbers += 1;
  return `${prefix}-${numbers}`;
}

const MOMENT = 1500;
let lastSaid = 0;

/** Says something to people who cannot see the change, without moving the focus. */
export function announce(sentence) {
  lastSaid = Date.now();
  const announcer = document.querySelector("#announcer");
  announcer.textContent = announcer.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

/** Takes back what was said, if it is still this. */
export function unsay(sentence) {
  const announcer = document.querySelector("#announcer");
  if (sentence && announcer.textContent.trim() === sentence.trim()) announcer.textContent = "";
}

/** The same a moment later, unless something else is said around then: mostly it tells of the same. */
export function announceLater(sentence) {
  const heard = Date.now();
  setTimeout(() => lastSaid < heard - MOMENT && announce(sentence), MOMENT);
}

/** A text of several lines, each of them a paragraph. */
export function paragraphs(text, props = {}) {
  return text.split("\n").map((line) => h("p", props, line));
}

/** Shows a new view: title of the page, content of main, and the focus on the view's heading. */
export function showView(title, ...content) {
  const heading = h("h1", { tabindex: "-1" }, title);
  const main = document.querySelector("#main");
  const first = !main.querySelector("h1");
  main.replaceChildren(heading, ...content.flat().filter(Boolean));
  document.title = `${title} · Assistenz-Portal`;
  if (!first) heading.focus();
  return heading;
}

/**
 * Draws a list in place. Only entries whose text of change differs are drawn anew, and the focus
 * stays on the control that had it (found again by its data-focus).
 */
export function drawList(list, items, keyOf, draw) {
  const old = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const focused = document.activeElement?.closest?.("[data-focus]")?.dataset.focus;
  const children = items.map((item) => {
    const print = JSON.stringify(item);
    const before = old.get(keyOf(item));
    if (before?.dataset.print === print) return before;
    const entry = draw(item);
    entry.dataset.key = keyOf(item);
    entry.dataset.print = print;
    return entry;
  });
  if (children.length !== list.children.length || children.some((child, at) => child !== list.children[at])) {
    list.replaceChildren(...children);
  }
  if (focused && document.activeElement === document.body) {
    list.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}
