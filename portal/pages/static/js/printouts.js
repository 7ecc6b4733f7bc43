// What can be read, printed and kept as a file: links that are followed for whom this window acts.
import { actingFor } from "./acting.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

/** A paragraph with a link to each form. */
export function printoutLinks(printouts) {
  const acting = actingFor() ? `&actingFor=${encodeURIComponent(actingFor())}` : "";
  return h("p", {}, ...printouts.flatMap(({ form, address }) => [
    h("a", { href: `${address}${acting}`, target: "_blank", rel: "noreferrer" }, t(`print.${form}`)), " "]));
}
