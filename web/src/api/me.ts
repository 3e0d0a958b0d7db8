import { currentSession, hasAlready, noteHas, type Own } from "@/session/session";
import { api, ask } from "./client";
import { queries } from "./queries";

/** Whether the account has that to read. It is asked first, because a browser reports whatever is answered with 404 as an
 * error. What is there stays, and is asked once in a session; what is not there yet may have come since. */
export async function hasOwn(what: Own): Promise<boolean> {
  if (hasAlready(what)) return true;
  const me = await queries.fetchQuery({ queryKey: ["me"], queryFn: () => ask(api.GET("/me")), staleTime: 0 });
  // Somebody else may have signed in meanwhile.
  if (me.sub === currentSession().sub) noteHas({ company: me.has_company, profile: me.has_profile, erasure: me.has_erasure });
  return hasAlready(what);
}
