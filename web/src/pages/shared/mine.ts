import { queryOptions } from "@tanstack/react-query";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { hasOwn } from "@/api/me";

export type MyProfile = Shape<"OwnProfileShape">;
export type Credit = MyProfile["credits"][number];

/** One's own profile and the version that a change of it is made to. */
export interface Held {
  value: MyProfile;
  version: string;
}

export async function readMine(signal?: AbortSignal): Promise<Held | null> {
  return (await hasOwn("profile")) ? askVersion(api.GET("/profiles/mine", { signal })) : null;
}

/** null: the account has no profile yet. */
export const mineQuery = queryOptions({
  queryKey: ["profiles", "mine"],
  queryFn: ({ signal }) => readMine(signal),
});

/** Asks for the checks of a case that was prepared. */
export const submitCase = (caseId: string) =>
  ask(api.POST("/verification/mine/{case_id}/submit", { params: { path: { case_id: caseId } } }));
