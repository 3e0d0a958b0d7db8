import { Navigate } from "react-router";
import { Loading } from "@/design/States";

/** The screen that takes this one's place is on its way. */
export function Elsewhere({ to }: { to: string }) {
  return (
    <>
      <Navigate to={to} replace />
      <Loading />
    </>
  );
}
