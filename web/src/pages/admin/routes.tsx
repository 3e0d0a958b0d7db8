import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const ADMIN = ["admin"] as const;

export const adminRoutes: RouteObject[] = [
  screen("/admin/cases/:caseId", () => import("./case/CaseScreen"), ADMIN),
];
