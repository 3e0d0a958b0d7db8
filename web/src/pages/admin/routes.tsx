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
  screen("/admin/moderation", () => import("./moderation/Reports"), ADMIN),
  screen("/admin/reports/:reportId", () => import("./moderation/Report"), ADMIN),
  screen("/admin/measures", () => import("./moderation/Measures"), ADMIN),
  screen("/admin/measures/:measureId", () => import("./moderation/Measure"), ADMIN),
  screen("/admin/identity-requests", () => import("./moderation/IdentityRequests"), ADMIN),
  screen("/admin/identity-requests/:requestId", () => import("./moderation/IdentityRequest"), ADMIN),
  screen("/admin/alarms", () => import("./alarms/Alarms"), ADMIN),
  screen("/admin/alarms/new", () => import("./alarms/Prepare"), ADMIN),
  screen("/admin/alarms/:alarmId", () => import("./alarms/Alarm"), ADMIN),
];
