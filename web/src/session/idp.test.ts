import { afterEach, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { failureOf } from "@/design/States";
import { idp } from "./idp";

afterEach(() => vi.unstubAllGlobals());

/** Cognito refuses everything with that exception. */
function refusing(exception: string) {
  const answer = (path: string) =>
    path === "/idp"
      ? new Response(JSON.stringify({ __type: exception, message: "Attempt limit exceeded, please try after some time." }), { status: 400 })
      : new Response(JSON.stringify({ user_pool_client_id: "client" }));
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(answer(path)));
}

const refused = async (asked: Promise<unknown>) => (await asked.then(() => null, (error: unknown) => error)) as Problem | null;

it.each(["LimitExceededException", "InvalidParameterException", "CodeDeliveryFailureException", "PasswordResetRequiredException"])(
  "passes none of Cognito’s words on: %s",
  async (exception) => {
    refusing(exception);
    const problem = await refused(idp.forgotPassword("a@b.test"));
    expect(problem).toMatchObject({ code: exception, message: "" });
  },
);

it.each(["LimitExceededException", "TooManyRequestsException", "TooManyFailedAttemptsException"])("is busy when tried too often: %s", async (exception) => {
  refusing(exception);
  expect(failureOf(await refused(idp.signIn("a@b.test", "x")))).toBe("busy");
});

it("takes an address that is confirmed already for confirmed, and nothing else", async () => {
  refusing("NotAuthorizedException");
  expect(await refused(idp.confirm("a@b.test", "123456"))).toBeNull();
  expect(await refused(idp.signIn("a@b.test", "x"))).toMatchObject({ code: "NotAuthorizedException" });
  refusing("CodeMismatchException");
  expect(await refused(idp.confirm("a@b.test", "123456"))).toMatchObject({ code: "CodeMismatchException" });
});
