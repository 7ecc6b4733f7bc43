// What somebody has filled in: kept while the page is drawn anew in another language.

const PATIENCE = 10_000;
const touched = new WeakSet();
let left = { controls: new Map(), folds: new Set() };
let observer = null;
let timer = null;

/** Notices from now on which controls somebody uses; a form that is reset is as new. */
export function noticeTyping() {
  const notice = ({ target }) => touched.add(whole(target));
  document.addEventListener("input", notice, true);
  document.addEventListener("change", notice, true);
  document.addEventListener("reset", ({ target }) => {
    for (const control of target.elements) touched.delete(whole(control));
  }, true);
}

/** Whether a form that is sent as a whole holds what nobody has sent yet. */
export function holdsUnsent() {
  return [...main().querySelectorAll("form[data-whole]")].some((form) => [...form.elements].some((control) => touched.has(whole(control))));
}

/** What stands in a form has been sent or kept. */
export function noticeSent(form) {
  for (const control of form.elements) touched.delete(whole(control));
}

/** Remembers what is filled in and what is unfolded, until `restoreTyping`. */
export function keepTyping() {
  stop();
  for (const [place, control] of places(controls())) {
    if (touched.has(control) && valueOf(control) !== undefined) left.controls.set(place, valueOf(control));
  }
  for (const [place, fold] of places(folds())) if (fold.open) left.folds.add(place);
}

/** Fills it in again; what the view draws a little later follows. */
export function restoreTyping() {
  const again = () => {
    const found = new Map(places(folds()));
    for (const place of [...left.folds].filter((each) => found.has(each))) {
      found.get(place).open = true;
      left.folds.delete(place);
    }
    for (const [place, value] of left.controls) if (put(place, value)) left.controls.delete(place);
    if (!left.controls.size && !left.folds.size) stop();
  };
  observer = new MutationObserver(again);
  observer.observe(main(), { childList: true, subtree: true });
  timer = setTimeout(forgetTyping, PATIENCE);
  again();
}

/** Forgets what waits: another view has come. */
export function forgetTyping() {
  stop();
  left = { controls: new Map(), folds: new Set() };
}

function stop() {
  clearTimeout(timer);
  observer?.disconnect();
  observer = null;
}

function put(place, value) {
  // Anew for each: one choice may draw the controls that depend on it.
  const control = new Map(places(controls())).get(place);
  if (!control) return false;
  touched.add(control);
  if (same(valueOf(control), value)) return true;
  if (!control.matches("ul")) write(control, value);
  else {
    control.dispatchEvent(new CustomEvent("fill", { detail: value.length }));
    inRows(control).forEach((row, at) => row.forEach((each, number) => write(each, value[at][number])));
  }
  return true;
}

function write(control, value) {
  if (typeof value === "boolean") control.checked = value;
  else control.value = value;
  for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
}

/** The controls of each row of a list whose rows come and go. */
function inRows(list) {
  return [...list.children].map((row) => [...row.querySelectorAll("select, input")]);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A radio button that is not chosen says nothing. */
function valueOf(control) {
  if (control.matches("ul")) return inRows(control).map((row) => row.map(({ value }) => value));
  if (control.type === "radio") return control.checked || undefined;
  return control.type === "checkbox" ? control.checked : control.value;
}

/** Rows that come and go are one control; its `fill` draws so many of them. */
function whole(control) {
  return control.closest?.("ul.windows") ?? control;
}

function controls() {
  return new Set([...main().querySelectorAll("input, select, textarea, ul.windows")].map(whole));
}

function folds() {
  return main().querySelectorAll("details");
}

/** Each element with a name for its place that holds in every language. */
function places(elements) {
  const counts = new Map();
  return [...elements].map((element) => {
    const form = element.closest("form");
    const name = [
      element.closest("[data-key]")?.dataset.key, form && (form.id.replace(/-\d+$/, "") || form.className),
      element.closest("[data-field]")?.dataset.field, element.tagName, element.name,
      ["radio", "checkbox"].includes(element.type) ? element.value : "",
    ].join(" ");
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return [`${name} ${counts.get(name)}`, element];
  });
}

function main() {
  return document.querySelector("#main");
}
