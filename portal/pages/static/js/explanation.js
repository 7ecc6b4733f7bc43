// Why two people fit: the wishes that are met and those that are not, in words and not in colours.
import { h } from "./dom.js";
import { t } from "./texts.js";

/** The wishes of an order and what one acceptor says to them; nothing without wishes. */
export function explanation(points, heading = "h4") {
  return points.length > 0 && h("div", { class: "explanation" },
    h(heading, {}, t("explanation.title")),
    h("ul", {}, ...points.map(({ met, label }) => h("li", { class: met ? "met" : "unmet" }, label))));
}
