import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const ADMIN = ["admin"] as const;

export const adminRoutes: RouteObject[] = [
  screen("/admin/cases/:caseId", () => import("./case/CaseScreen"), ADMIN),
  screen("/admin/reference", () => import("./reference/Reference"), ADMIN),
  screen("/admin/taxonomy", () => import("./reference/Taxonomy"), ADMIN),
  screen("/admin/rates", () => import("./reference/RatesGrid"), ADMIN),
  screen("/admin/operations", () => import("./operations/Overview"), ADMIN),
  screen("/admin/operations/failures", () => import("./operations/Failures"), ADMIN),
  screen("/admin/operations/failures/:failureId", () => import("./operations/Failure"), ADMIN),
  screen("/admin/operations/emails", () => import("./operations/SentEmails"), ADMIN),
  screen("/admin/operations/figures", () => import("./operations/Figures"), ADMIN),
  screen("/admin/operations/exposure", () => import("./operations/Exposure"), ADMIN),
  screen("/admin/audit", () => import("./records/Audit"), ADMIN),
];
