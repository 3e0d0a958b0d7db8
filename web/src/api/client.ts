import createClient, { type Middleware } from "openapi-fetch";
import { language } from "@/i18n";
import { bearer, currentSession, renew } from "@/session/session";
import { isProblem, Problem } from "./problem";
import type { components, paths } from "./schema";

/** A shape of the contract, by its name there. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** How long an answer may take: the gateway itself gives up after 29 seconds. */
const PATIENCE_MS = 35_000;

const everyRequest: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    const token = await bearer();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
};

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await reach(request);
  if (answer.status !== 401 || currentSession().state !== "in") return answer;
  await renew().catch(() => undefined);
  const token = await bearer();
  if (!token || currentSession().state !== "in") return answer;
  again.headers.set("Authorization", `Bearer ${token}`);
  return reach(again);
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request, {
      cache: "no-store",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, null);
  }
}

/** Every route of the contract, typed by it. */
export const api = createClient<paths>({ baseUrl: `${location.origin}/api`, fetch: send });
api.use(everyRequest);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What a route answers. Raises Problem for whatever is not a success. */
export async function ask<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await told(asked)).data as T;
}

/** The same with the version of what was read, to give back as `If-Match` when it is changed. */
export async function askVersion<T>(asked: Promise<Answer<T>>): Promise<{ value: T; version: string }> {
  const { data, response } = await told(asked);
  return { value: data as T, version: response.headers.get("ETag") ?? "*" };
}

async function told<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await asked.catch((error: unknown) => {
    // Whoever asked has given it up; anything else is an answer that broke off, or is none of ours, which is none.
    const givenUp = error instanceof DOMException && error.name === "AbortError";
    throw isProblem(error) || givenUp ? error : new Problem(0, null);
  });
  if (!answer.response.ok) {
    throw new Problem(answer.response.status, answer.error, Number(answer.response.headers.get("Retry-After")) || null);
  }
  return answer;
}
