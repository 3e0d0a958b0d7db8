import { lazy, Suspense, type ComponentType } from "react";
import { Elsewhere } from "./Elsewhere";
import { Loading } from "@/design/States";
import { currentSession, useSession, type Role } from "@/session/session";

type Home = { default: ComponentType };

const LOADS: Record<Role | "nobody", () => Promise<Home>> = {
  nobody: () => import("@/pages/public/Landing"),
  producer: () => import("@/pages/producer/Home"),
  freelancer: () => import("@/pages/freelancer/Home"),
  admin: () => import("@/pages/admin/Queue"),
};
const homes: Record<Role | "nobody", ComponentType> = {
  nobody: lazy(LOADS.nobody),
  producer: lazy(LOADS.producer),
  freelancer: lazy(LOADS.freelancer),
  admin: lazy(LOADS.admin),
};

/** Brings what the start page of whoever is here needs, to be shown without a wait. */
export async function ownHome(): Promise<void> {
  const who = currentSession().role ?? "nobody";
  homes[who] = (await LOADS[who]()).default;
}

/** The start page: everybody's own. */
export function Home() {
  const { state, role } = useSession();
  if (state === "in" && role === null) return <Elsewhere to="/account/role" />;
  const Own = homes[role ?? "nobody"];
  return (
    <Suspense fallback={<Loading />}>
      <Own />
    </Suspense>
  );
}
