// What somebody sees who is not signed in: the personas of the demo, signing in, registering.
import { district, serviceSection } from "./district.js";
import { h, showView } from "./dom.js";
import { field, form, input, valuesOf } from "./forms.js";
import { isRefusal } from "./graph.js";
import { clearRefusals, missing, showFailure, showRefusal } from "./refusals.js";
import { personas, signIn } from "./session.js";
import { hasText, t } from "./texts.js";

/** Draws the start view; `signedIn` is called after signing in. */
export async function showStart(signedIn) {
  const [people, home] = await Promise.all([personas(), district().catch(() => null)]);
  showView(t("start.title"),
    home?.welcome && h("p", { class: "lead", id: "welcome" }, home.welcome),
    h("p", { class: "lead" }, t("start.lead")),
    people.length > 0 && demo(people, signedIn),
    h("div", { class: "columns" }, signInForm(signedIn), registration(), contribution(), home && serviceSection(home)));
}

function demo(people, signedIn) {
  const number = (role) => people.filter((other) => other.role === role).length;
  const list = h("ul", { class: "personas" }, ...people.map((persona) => h("li", {},
    h("button", { type: "button", class: "persona", "data-persona": persona.key, on: {
      click: async () => {
        const payload = await become(persona.key).catch((error) => error);
        if (payload instanceof Error) showFailure(section, payload);
        else if (isRefusal(payload)) showRefusal(section, payload);
        else signedIn();
      },
    } }, h("strong", {}, persona.name), h("span", {}, roleOf(persona, number(persona.role) > 1))))));
  const section = h("section", { "aria-labelledby": "demo" },
    h("h2", { id: "demo" }, t("start.personas")),
    h("p", {}, t("start.personas_hint")),
    list);
  return section;
}

/** Signs in as a persona; its code is the one of this moment. */
async function become(key) {
  const { email, password, code } = (await personas()).find((persona) => persona.key === key);
  return signIn(email, password, code);
}

/** The role of a persona, and what tells it from others of the same role. */
function roleOf({ key, role }, repeated) {
  const addition = `role.${key}`;
  return [t(`role.${role}`), repeated && hasText(addition) && t(addition)].filter(Boolean).join(", ");
}

function signInForm(signedIn) {
  const send = async (element) => {
    clearRefusals(element);
    try {
      const { email = "", password = "", code = "" } = valuesOf(element);
      const empty = Object.entries({ email, password }).filter(([, value]) => !value).map(([name]) => name);
      if (empty.length) {
        showRefusal(element, { problems: empty.map(missing) });
        return;
      }
      const payload = await signIn(email, password, code);
      if (payload.code === "CODE_REQUIRED") second.hidden = false;
      if (isRefusal(payload)) showRefusal(element, payload);
      else signedIn();
    } catch (error) {
      showFailure(element, error);
    }
  };
  const second = h("div", { hidden: true }, field(
    input("code", "text", "", { inputmode: "numeric", autocomplete: "one-time-code" }), t("field.code")));
  second.addEventListener("input", () => { second.hidden = false; });
  return h("section", { "aria-labelledby": "sign-in" },
    h("h2", { id: "sign-in" }, t("start.sign_in")),
    form({ id: "sign-in-form" }, send,
      field(input("email", "email", "", { autocomplete: "username" }), t("field.email"), { required: true }),
      field(input("password", "password", "", { autocomplete: "current-password" }), t("field.password"), { required: true }),
      second,
      h("div", { class: "form-end" }, h("button", {}, t("start.sign_in"))),
      h("p", {}, h("a", { href: "#forgotten", id: "forgotten-link" }, t("start.forgotten")))));
}

function registration() {
  return h("section", { "aria-labelledby": "register" },
    h("h2", { id: "register" }, t("start.register")),
    h("p", {}, t("start.register_hint")),
    h("p", {}, h("a", { class: "button", href: "#register" }, t("start.register_link"))),
    h("p", {}, h("a", { href: "#register=ASSISTANT" }, t("register.as.ASSISTANT"))));
}

function contribution() {
  return h("section", { "aria-labelledby": "contribution" },
    h("h2", { id: "contribution" }, t("start.contribution")),
    h("p", {}, t("start.contribution_hint")),
    h("p", {}, h("a", { class: "button", href: "/eigenanteil", id: "contribution-link" }, t("start.contribution_link"))));
}
