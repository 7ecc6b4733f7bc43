// The editor for weekly time windows: a row of three choices per window.
import { announce, freshId, h, unsay } from "./dom.js";
import { group, select } from "./forms.js";
import { t, weekdays } from "./texts.js";

const QUARTERS = [...Array(97).keys()].map((at) => {
  const hour = String(Math.floor(at / 4)).padStart(2, "0");
  return `${hour}:${String((at % 4) * 15).padStart(2, "0")}`;
});
const USUAL = { weekday: 1, start: "09:00", end: "12:00" };

/** A fieldset of windows; `changed` is called after every change. */
export function windowsEditor(legend, windows, changed = () => {}, hint = t("windows.hint")) {
  const draw = (window) => row(window, changed);
  const list = h("ul", { class: "windows", on: { fill: ({ detail }) => {
    list.replaceChildren(...Array.from({ length: detail }, () => draw(USUAL)));
    changed();
  } } }, ...windows.map(draw));
  const add = h("button", { type: "button", class: "quiet", on: { click: () => {
    const added = draw(USUAL);
    list.append(added);
    added.querySelector("select").focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
    changed();
  } } }, t("windows.add"));
  return group("windows", legend, hint, list, add);
}

/** The windows that stand in an editor. */
export function windowsIn(editor) {
  return [...editor.querySelectorAll("ul.windows > li")].map(windowOf);
}

function windowOf(item) {
  const [weekday, start, end] = [...item.querySelectorAll("select")].map(({ value }) => value);
  return { weekday: Number(weekday), start, end };
}

function row({ weekday, start, end }, changed) {
  const note = h("p", { class: "hint", id: freshId("overnight") });
  const item = h("li", {},
    part(t("windows.weekday"), weekdays().map((name, at) => [at + 1, name]), weekday),
    part(t("windows.start"), QUARTERS.slice(0, -1).map((time) => [time, time]), start.slice(0, 5)),
    part(t("windows.end"), QUARTERS.slice(1).map((time) => [time, time]), end.slice(0, 5), note.id),
    h("button", { type: "button", class: "quiet", on: { click: () => {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      const list = item.parentElement;
      const fallback = item.closest("fieldset").querySelector(":scope > button");
      item.remove();
      (next?.querySelector("select") ?? fallback).focus();
      list.dispatchEvent(new Event("change", { bubbles: true }));
      changed();
    } } }, t("windows.remove")), note);
  item.addEventListener("change", () => {
    const said = note.textContent;
    tell(item, note);
    if (note.textContent !== said) {
      unsay(said);
      if (note.textContent) announce(note.textContent);
    }
    changed();
  });
  tell(item, note);
  return item;
}

/** A window that ends before it begins reaches into the next day: that may be a slip. */
function tell(item, note) {
  const { weekday, start, end } = windowOf(item);
  note.textContent = end < start ? t("windows.overnight", { end, day: weekdays()[weekday % 7] }) : "";
  note.hidden = note.textContent === "";
}

function part(label, options, chosen, describedBy = null) {
  const id = freshId("window");
  return h("div", {}, h("label", { for: id }, label), select("", options, chosen, { id, "aria-describedby": describedBy }));
}
