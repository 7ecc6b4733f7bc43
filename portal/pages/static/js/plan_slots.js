// The editor for the times of a plan: a row per date of an interval, with its day and its time.
import { freshId, h } from "./dom.js";
import { group, input, select } from "./forms.js";
import { t, weekdays } from "./texts.js";

/** A fieldset of times within an interval. */
export function slotsEditor(interval) {
  const list = h("ul", { class: "windows", on: {
    fill: ({ detail }) => list.replaceChildren(...Array.from({ length: detail }, (_, at) => row(interval, at + 1))),
  } }, row(interval, 1));
  const add = h("button", { type: "button", class: "quiet", on: { click: () => {
    const added = row(interval, list.children.length + 1);
    list.append(added);
    added.querySelector("select, input").focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  } } }, t("plan.add"));
  return group("slots", t("plan.times"), null, list, add);
}

/** The times that stand in an editor. */
export function slotsIn(editor) {
  return [...editor.querySelectorAll("ul.windows > li")].map((item) => {
    const chosen = item.querySelector("select");
    return { day: chosen ? Number(chosen.value) : null, clock: item.querySelector("input").value };
  });
}

function row(interval, number) {
  const days = { WEEK: weekdays().map((name, at) => [at + 1, name]), MONTH: [...Array(31).keys()].map((at) => [at + 1, `${at + 1}.`]) }[interval];
  const item = h("li", {},
    days && part(interval === "WEEK" ? t("windows.weekday") : t("plan.day"), select("", days, Math.min(number, days.length))),
    part(t("field.time"), input("", "time", "09:00")),
    h("button", { type: "button", class: "quiet", on: { click: () => {
      const list = item.parentElement;
      const next = item.nextElementSibling ?? item.previousElementSibling;
      const fallback = item.closest("fieldset").querySelector(":scope > button");
      item.remove();
      (next?.querySelector("select, input") ?? fallback).focus();
      list.dispatchEvent(new Event("change", { bubbles: true }));
    } } }, t("windows.remove")));
  return item;
}

function part(label, control) {
  control.id = freshId("slot");
  return h("div", {}, h("label", { for: control.id }, label), control);
}
