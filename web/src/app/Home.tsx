import { lazy, Suspense, type ComponentType } from "react";
import { Navigate } from "react-router";
import { Loading } from "@/design/States";
import { currentSession, useSession, type Role } from "@/session/session";

const HOMES: Record<Role | "nobody", () => Promise<{ default: ComponentType }>> = {
  nobody: () => import("@/pages/public/Landing"),
  producer: () => import("@/pages/producer/Home"),
  freelancer: () => import("@/pages/freelancer/Home"),
  admin: () => import("@/pages/admin/Queue"),
};
const Landing = lazy(HOMES.nobody);
const ProducerHome = lazy(HOMES.producer);
const FreelancerHome = lazy(HOMES.freelancer);
const Queue = lazy(HOMES.admin);

/** Asks for what the start page of whoever is here needs. */
export const ownHome = (): Promise<unknown> => HOMES[currentSession().role ?? "nobody"]();

/** The start page: everybody's own. */
export function Home() {
  const { state, role } = useSession();
  const own = role && { producer: <ProducerHome />, freelancer: <FreelancerHome />, admin: <Queue /> }[role];
  if (state === "in" && role === null) return <Navigate to="/account/role" replace />;
  return <Suspense fallback={<Loading />}>{own ?? <Landing />}</Suspense>;
}
