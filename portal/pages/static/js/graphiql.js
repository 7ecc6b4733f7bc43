// GraphiQL with the example operations of a role, signed in as the role's persona.
import { SIGN_IN, SIGN_OUT, VIEWER } from "./operations.js";
import { post } from "./graph.js";

const { React, ReactDOM, GraphiQL, graphqlWs } = window;
const role = document.querySelector("#role");
const language = document.querySelector("#language");
const note = document.querySelector("#note");
const root = ReactDOM.createRoot(document.querySelector("#graphiql"));
const answers = new Map();
let socket;

/** A store of its own for every role: nothing of what is tried here stays in the browser. */
function memory() {
  const items = new Map();
  return {
    get length() { return items.size; },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  };
}

/** A value of an earlier answer, "Operation.path.to.value". */
function fromAnswers(path) {
  const [operation, ...keys] = path.split(".");
  if (!answers.has(operation)) throw new Error(`Run ${operation} first: its answer fills {${path}}.`);
  return keys.reduce((value, key) => value?.[key], answers.get(operation));
}

function day(offset) {
  return new Date(Date.now() + Number(offset ?? 0) * 86_400_000).toISOString().slice(0, 10);
}

/** Puts days and values of earlier answers in the place of "{today+14}" and "{Operation.path}". */
function fill(value) {
  if (Array.isArray(value)) return value.map(fill);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  }
  if (typeof value !== "string") return value;
  const path = value.match(/^\{([A-Z]\w*(?:\.\w+)+)\}$/);
  return path ? fromAnswers(path[1]) : value.replace(/\{today([+-]\d+)?\}/g, (_all, days) => day(days));
}

function fetcher() {
  const url = new URL("/graphql", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  socket?.dispose();
  socket = graphqlWs.createClient({
    url: url.href,
    connectionParams: () => ({ acceptLanguage: language.value }),
  });
  return async (given, options) => {
    const request = named(given);
    try {
      request.variables = fill(request.variables);
    } catch (error) {
      return { errors: [{ message: error.message }] };
    }
    if (/^\s*subscription\b/m.test(request.query)) return socket.iterate(request);
    const answer = await send(request, options?.headers);
    if (answer.data && request.operationName) answers.set(request.operationName, answer.data);
    return answer;
  };
}

async function send(request, headers) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      ...headers,
      "Accept": "application/graphql-response+json, application/json",
      "Accept-Language": language.value,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** The request with the name of its only operation: right after a change of tab GraphiQL sends the old name. */
function named(request) {
  const names = [...request.query.matchAll(/^\s*(?:query|mutation|subscription)\s+(\w+)/gm)].map(([, name]) => name);
  return names.length === 1 ? { ...request, operationName: names[0] } : { ...request };
}

function tabs(examples) {
  return examples.map(({ query, variables }) => ({
    query,
    variables: Object.keys(variables).length ? JSON.stringify(variables, null, 2) : "",
  }));
}

function show(examples) {
  answers.clear();
  root.render(React.createElement(GraphiQL, {
    key: `${role.value} ${language.value} ${Date.now()}`,
    fetcher: fetcher(),
    storage: memory(),
    defaultTabs: tabs(examples),
    defaultEditorToolsVisibility: "variables",
    shouldPersistHeaders: false,
  }));
}

async function become(persona) {
  const name = persona ? `${persona.name} (${persona.role})` : "nobody: anonymous";
  const input = persona ? { email: persona.email, password: persona.password } : {};
  const { data } = await post(persona ? SIGN_IN : SIGN_OUT, { input });
  const refused = data?.signIn?.remedy;
  note.textContent = refused ? `Not signed in. ${refused}` : `Signed in as ${name}.`;
}

async function json(address) {
  return (await fetch(address)).json();
}

/** Who the cookie already belongs to: a persona's key, or the bare role of somebody else. */
async function present(personas) {
  const { viewer } = (await post(VIEWER)).data;
  return { kind: viewer.role, key: personas.find(({ email }) => email === viewer.user?.email)?.key ?? "" };
}

async function start() {
  const [examples, personas] = await Promise.all([json("/graphql/examples.json"), json("/demo/personas")]);
  role.append(new Option("Anonymous", ""));
  for (const { key, name, role: kind } of personas) role.append(new Option(`${name} (${kind})`, key));
  const chosen = () => personas.find(({ key }) => key === role.value);
  const now = await present(personas);
  role.value = now.key;
  note.textContent = now.key ? `Signed in as ${chosen().name}.` : `Your role: ${now.kind}.`;
  show(examples[now.kind] ?? []);
  language.addEventListener("change", () => show(examples[chosen()?.role ?? now.kind] ?? []));
  role.addEventListener("change", async () => {
    await become(chosen());
    show(examples[chosen()?.role ?? "ANONYMOUS"] ?? []);
  });
  role.disabled = false;
}

start();
