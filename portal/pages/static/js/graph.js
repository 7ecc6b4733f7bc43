// Queries and mutations over HTTP.
import { actingFor } from "./acting.js";
import { language } from "./texts.js";

const TRIES = 3;

/** What went wrong with a whole request: the network, or an answer without data. */
class GraphError extends Error {
  constructor(errors) {
    const problems = errors.map(problemOf);
    super(problems[0].message);
    this.code = errors[0].extensions?.code;
    this.remedy = problems[0].remedy;
    this.problems = problems.filter((each, at) => problems.findIndex((other) => isSame(each, other)) === at);
  }
}

/** One POST; the answer as it came. */
export async function post(query, variables = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Accept": "application/graphql-response+json, application/json",
      "Accept-Language": language,
      ...(actingFor() ? { "Acting-For": actingFor() } : {}),
    },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** The data of a query. */
export async function query(document, variables) {
  return dataOf(await post(document, variables));
}

/**
 * The payload of a mutation: the changed object, or a refusal (it has a remedy).
 *
 * One key for all tries, so that a lost answer never means a second effect.
 */
export async function mutate(document, input, key = freshKey()) {
  const variables = { input: { ...input, idempotencyKey: key } };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const data = dataOf(await post(document, variables));
      return Object.values(data)[0];
    } catch (error) {
      if (error instanceof GraphError || attempt === TRIES) throw error;
      await new Promise((done) => { setTimeout(done, 300 * attempt * (0.5 + Math.random())); });
    }
  }
}

/** A key under which the portal answers the same input always alike. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a payload is a refusal. */
export function isRefusal(payload) {
  return payload.remedy !== undefined;
}

function dataOf({ data, errors }) {
  if (errors?.length) throw new GraphError(errors);
  return data;
}

/** An error as a refusal is told; forms name the fields of an input without it. */
function problemOf({ message, extensions }) {
  return { message, remedy: extensions?.remedy, field: extensions?.field?.replace(/^input\./, "") };
}

function isSame(one, other) {
  return one.message === other.message && one.field === other.field;
}
