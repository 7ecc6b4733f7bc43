// A step inside a view that has no address of its own: it stays when the language changes.
let held = null;

/** Draws a step; `draw` is called again when the page changes its language. */
export function showStep(draw) {
  held = draw;
  return draw();
}

/** How the present step is drawn again, if there is one. */
export function heldStep() {
  return held;
}

/** Goes back to what the address says. */
export function leaveStep() {
  held = null;
}
