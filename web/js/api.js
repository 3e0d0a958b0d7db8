// The product's routes and Cognito's, with the session of whoever signed in in this tab.

const KEPT = "plot-point-session";

let session = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
let config = null;
let demo = null;

/** An answer that is not a success. `status` 0: no answer at all; `errors`: the fields that are wrong, each with its
 * `pointer`, `code`, `message` and, for a passage of a text, `start` and `end`; `wait`: in how many seconds to try again,
 * when the server says so. */
export class Refused extends Error {
  constructor(status, body, wait = null) {
    super(body?.title ?? body?.message ?? String(status));
    this.status = status;
    this.code = body?.code;
    this.errors = body?.errors ?? [];
    this.wait = wait;
  }
}

export const signedIn = () => session !== null;

/** The address that is signed in, null without. */
export const account = () => session?.email ?? null;

/** The groups in the token: the server decides, this only chooses what to show. */
export function groups() {
  const claims = session ? JSON.parse(decode(session.id_token.split(".")[1])) : {};
  return claims["cognito:groups"] ?? [];
}

export async function signIn(email, password) {
  const result = await identity("InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  keep({ email, id_token: result.IdToken, refresh_token: result.RefreshToken });
}

export function signOut() {
  keep(null);
}

/** GET a route of the API; signs out when the session cannot be renewed. */
export const get = (path, language) => call("GET", path, language);

/** POST to a route of the API. `key`: the same for every try at the same thing, which is then done once. */
export const post = (path, content, language, key) => call("POST", path, language, content, { "Idempotency-Key": key });

/** POST to a route that changes what was read under a version, and refuses when that is no longer the one in force. */
export const postVersion = (path, content, language, version) =>
  call("POST", path, language, content, { "If-Match": `"${version}"` });

export const put = (path, content, language) => call("PUT", path, language, content);

export const remove = (path, language) => call("DELETE", path, language);

/** GET a file of the API, as the browser keeps files. */
export const file = async (path, language) => (await good(await answered("GET", path, language))).blob();

/** Posts a file with the form that the API gave for it. The answer is not ours to read: whether it came is what the API
 * says when it is asked. */
export async function sendFile({ url, fields }, content) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", content);
  await reach(url, { method: "POST", body: form, mode: "no-cors" });
}

async function call(method, path, language, content, conditions) {
  return body(await answered(method, path, language, content, conditions));
}

async function answered(method, path, language, content, conditions) {
  const ask = () => request(method, `/api${path}`, language, content, conditions);
  const answer = await ask();
  if (answer.status !== 401 || !session) return answer;
  await renew();
  return ask();
}

/** The demo accounts: null but on a local product, which also has a mailbox to look into. */
export function demoAccounts() {
  demo ??= fetch("/local/accounts.json").then((answer) => (answer.ok ? answer.json() : null), () => null);
  return demo;
}

async function renew() {
  try {
    const result = await identity("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: session.refresh_token },
    });
    keep({ ...session, id_token: result.IdToken });
  } catch (error) {
    if (error.status !== 0) keep(null);
    throw error.status === 0 ? error : new Refused(401, null);
  }
}

async function identity(operation, parameters) {
  config ??= await body(await request("GET", "/api/config"));
  const answer = await reach("/idp", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: config.user_pool_client_id, ...parameters }),
  });
  return (await body(answer)).AuthenticationResult;
}

function request(method, path, language = "fr", content = undefined, conditions = {}) {
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (session) headers.Authorization = `Bearer ${session.id_token}`;
  for (const [name, value] of Object.entries(conditions)) if (value) headers[name] = value;
  if (content === undefined) return reach(path, { method, headers });
  headers["Content-Type"] = "application/json";
  return reach(path, { method, headers, body: JSON.stringify(content) });
}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, cache: "no-store" });
  } catch {
    throw new Refused(0, null);
  }
}

async function body(answer) {
  return (await good(answer)).json().catch(() => null);
}

async function good(answer) {
  if (answer.ok) return answer;
  const wait = Number(answer.headers.get("Retry-After")) || null;
  throw new Refused(answer.status, await answer.json().catch(() => null), wait);
}

function keep(value) {
  session = value;
  if (value) sessionStorage.setItem(KEPT, JSON.stringify(value));
  else sessionStorage.removeItem(KEPT);
}

function decode(part) {
  const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
