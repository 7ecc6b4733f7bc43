// Buttons drawn from availableActions: the server decides which there are and what blocks them.
import { freshId, h } from "./dom.js";

/**
 * One button per action. A blocked one stays reachable and says why; colours only repeat what
 * the label says.
 */
export function actionButtons(actions, owner, press, except = []) {
  return h("div", { class: "actions" }, ...actions
    .filter(({ code }) => !except.includes(code))
    .map((action) => button(action, owner, press)));
}

/** Whether a row of the graph offers an action that can be taken now. */
export function offers({ availableActions }, wanted) {
  return availableActions.some(({ code, available }) => code === wanted && available);
}

/** Whoever has said yes takes that back; saying no beside it would be the same in other words. */
export function takenBackOnce(actions) {
  const back = actions.some(({ code, available }) => available && code === "WITHDRAW_ACCEPTANCE");
  return actions.filter(({ code }) => !(back && code === "DECLINE_ORDER"));
}

function button(action, owner, press) {
  const reasonId = action.blockedReason ? freshId("blocked") : null;
  const element = h("button", {
    type: "button",
    class: "action",
    "data-code": action.code,
    "data-focus": `${owner} ${action.code}`,
    "aria-disabled": action.available ? null : "true",
    "aria-describedby": reasonId,
    on: { click: () => action.available && guarded(element, () => press(action)) },
  }, action.label);
  return h("span", { class: "action-with-reason" },
    element,
    reasonId && h("span", { class: "hint", id: reasonId }, action.blockedReason));
}

async function guarded(element, work) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}
