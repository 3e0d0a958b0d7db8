import { lazy, Suspense } from "react";
import { Navigate } from "react-router";
import { Loading } from "@/design/States";
import { useSession } from "@/session/session";

const Landing = lazy(() => import("@/pages/public/Landing"));
const ProducerHome = lazy(() => import("@/pages/producer/Home"));
const FreelancerHome = lazy(() => import("@/pages/freelancer/Home"));
const Queue = lazy(() => import("@/pages/admin/Queue"));

/** The start page: everybody's own. */
export function Home() {
  const { state, role } = useSession();
  const own = role && { producer: <ProducerHome />, freelancer: <FreelancerHome />, admin: <Queue /> }[role];
  if (state === "in" && role === null) return <Navigate to="/account/role" replace />;
  return <Suspense fallback={<Loading />}>{own ?? <Landing />}</Suspense>;
}
