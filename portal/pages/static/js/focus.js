// The focus: when the control that has it goes, it moves to what is nearest and never falls to the page's beginning.

let chain = [];

/** Watches the view from now on: what takes the focus away has to give it back. */
export function guardFocus() {
  const main = document.querySelector("#main");
  document.addEventListener("focusin", ({ target }) => { chain = main.contains(target) ? ancestors(target, main) : []; });
  document.addEventListener("pointerdown", () => { if (document.activeElement === document.body) chain = []; });
  new MutationObserver(() => lost() && hold(main)).observe(main, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "open", "disabled"],
  });
}

/** Moves the focus to the heading of a card or section, and gives whether there is one to be seen. */
export function focusHeading(place) {
  const heading = place && headingOf(place);
  if (!heading || !seen(heading)) return false;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
  return document.activeElement === heading;
}

function ancestors(element, main) {
  const found = [];
  for (let at = element; at && at !== main; at = at.parentElement) found.push(at);
  return found;
}

function lost() {
  const [last] = chain;
  if (!last || (last.isConnected && seen(last))) return false;
  return document.activeElement === document.body || document.activeElement === last;
}

function hold(main) {
  const gone = chain;
  chain = [];
  for (const each of gone) {
    const same = again(each, main);
    if (same?.matches("button, summary, a, input, select, textarea") && seen(same)) return same.focus();
    if (same?.matches("details") && seen(same)) return same.querySelector("summary").focus();
    if (focusHeading(same)) return undefined;
  }
  return main.querySelector("h1")?.focus();
}

/** The element itself, or what was drawn in its place. */
function again(element, main) {
  if (element.isConnected) return element;
  const { focus, key } = element.dataset;
  if (focus) return main.querySelector(`[data-focus="${CSS.escape(focus)}"]`);
  if (key) return main.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (element.id) return main.querySelector(`#${CSS.escape(element.id)}`);
  const labelled = element.getAttribute("aria-labelledby");
  return labelled && main.querySelector(`[aria-labelledby="${CSS.escape(labelled)}"]`);
}

function headingOf(place) {
  if (place.matches("h1, h2, h3, h4")) return place;
  const labelled = place.getAttribute("aria-labelledby");
  return (labelled && document.getElementById(labelled)) || place.querySelector(":scope > h2, :scope > h3, :scope > h4");
}

function seen(element) {
  return element.checkVisibility();
}
