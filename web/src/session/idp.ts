import { isProblem, Problem } from "@/api/problem";

interface Tokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken?: string;
}

let client: Promise<string> | null = null;

/** Tried too often, which Cognito says with 400. */
const TOO_OFTEN = ["LimitExceededException", "TooManyRequestsException", "TooManyFailedAttemptsException"];

/** Asks Cognito, on the site's own origin. Raises Problem, its `code` the name of Cognito's exception and without a word of
 * its own: those are English, whoever reads them. */
async function identity<T>(operation: string, parameters: Record<string, unknown>, needsClient = true): Promise<T> {
  client ??= fetchClient();
  const ClientId = needsClient ? await client.catch((error: unknown) => ((client = null), Promise.reject(error))) : undefined;
  const answer = await reach("/idp", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ...(ClientId && { ClientId }), ...parameters }),
  });
  const body = (await answer.json().catch(() => null)) as (T & { __type?: string; message?: string }) | null;
  if (answer.ok) return body as T;
  const type = body?.__type?.split("#").pop()?.split(":")[0] ?? answer.headers.get("x-amzn-errortype") ?? "";
  throw new Problem(TOO_OFTEN.includes(type) ? 429 : answer.status, { code: type });
}

async function fetchClient(): Promise<string> {
  const answer = await reach("/api/config", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Problem(answer.status, null);
  return ((await answer.json()) as { user_pool_client_id: string }).user_pool_client_id;
}

async function reach(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...options, cache: "no-store" });
  } catch {
    throw new Problem(0, null);
  }
}

export const idp = {
  signUp: (email: string, password: string, name: string) =>
    identity("SignUp", {
      Username: email,
      Password: password,
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "name", Value: name },
      ],
    }),
  /** An address that is confirmed already is no reason to stop anybody. */
  confirm: (email: string, code: string) =>
    identity("ConfirmSignUp", { Username: email, ConfirmationCode: code }).catch((error: unknown) => {
      if (!isProblem(error) || error.code !== "NotAuthorizedException") throw error;
    }),
  sendCodeAgain: (email: string) => identity("ResendConfirmationCode", { Username: email }),
  signIn: async (email: string, password: string) =>
    (
      await identity<{ AuthenticationResult: Tokens }>("InitiateAuth", {
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: password },
      })
    ).AuthenticationResult,
  refresh: async (token: string) =>
    (
      await identity<{ AuthenticationResult: Tokens }>("InitiateAuth", {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: token },
      })
    ).AuthenticationResult,
  forgotPassword: (email: string) => identity("ForgotPassword", { Username: email }),
  resetPassword: (email: string, code: string, password: string) =>
    identity("ConfirmForgotPassword", { Username: email, ConfirmationCode: code, Password: password }),
  signOutEverywhere: (accessToken: string) => identity("GlobalSignOut", { AccessToken: accessToken }, false),
};
