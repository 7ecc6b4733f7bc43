// What a machine can check of WCAG 2.2: names, headings, contrast, target size, ids, languages.
(() => {
  const problems = [];
  const tell = (element, what) => problems.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });

  for (const control of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const labelled = [...(control.labels ?? [])].some((label) => label.textContent.trim());
    if (!labelled && !control.getAttribute("aria-label")) tell(control, "no label");
  }
  for (const control of document.querySelectorAll("button, a, summary, legend")) {
    if (!control.textContent.trim()) tell(control, "no text");
  }
  for (const reference of ["aria-labelledby", "aria-describedby", "aria-errormessage"]) {
    for (const element of document.querySelectorAll(`[${reference}]`)) {
      for (const id of element.getAttribute(reference).split(" ")) {
        if (!document.getElementById(id)) tell(element, `${reference} leads nowhere`);
      }
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) problems.push(`twice: #${id}`);
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
  let level = 1;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) tell(heading, "heading level skipped");
    level = next;
  }
  for (const landmark of ["header", "main", "footer"]) {
    if (document.querySelectorAll(`body > ${landmark}`).length !== 1) problems.push(`no ${landmark}`);
  }
  if (!document.documentElement.lang || !document.title) problems.push("no language or title");

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = rgba(colour).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return "white";
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left);
    return (light + 0.05) / (dark + 0.05);
  };
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !shown(element)) continue;
    const ratio = contrast(getComputedStyle(element).color, ground(element));
    if (ratio < 4.5) tell(element, `contrast ${ratio.toFixed(2)}`);
  }
  for (const control of document.querySelectorAll("input, select, textarea")) {
    if (!shown(control) || control.matches("[type=checkbox], [type=radio]")) continue;
    const ratio = contrast(getComputedStyle(control).borderTopColor, ground(control.parentElement));
    if (ratio < 3) tell(control, `border contrast ${ratio.toFixed(2)}`);
  }
  for (const target of document.querySelectorAll("button, input, select, textarea, summary, a.button")) {
    if (!shown(target)) continue;
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 24) tell(target, `target ${Math.round(width)}×${Math.round(height)}`);
  }
  return problems;
})()
