import type { ReactNode } from "react";
import { useLocation } from "react-router";
import { Loading } from "@/design/States";
import { useSession, type Role } from "@/session/session";
import { Elsewhere } from "./Elsewhere";
import { NotOpen } from "./errors";

/** For whom a screen is. Whoever is not signed in comes back to it once they are; the server decides anyway. */
export function Only({ roles, children }: { roles: "anyone signed in" | readonly Role[]; children: ReactNode }) {
  const { state, role } = useSession();
  const { pathname, search } = useLocation();
  if (state === "restoring") return <Loading />;
  if (state === "out") return <Elsewhere to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />;
  if (roles === "anyone signed in") return children;
  if (role === null) return <Elsewhere to="/account/role" />;
  return roles.includes(role) ? children : <NotOpen />;
}
