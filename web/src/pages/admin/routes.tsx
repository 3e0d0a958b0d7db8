import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const ADMINISTRATORS = ["admin"] as const;

export const adminRoutes: RouteObject[] = [
  screen("/admin/cases/:caseId", () => import("./case/CaseScreen"), ADMINISTRATORS),
  screen("/admin/reference", () => import("./reference/Reference"), ADMINISTRATORS),
  screen("/admin/taxonomy", () => import("./reference/Taxonomy"), ADMINISTRATORS),
  screen("/admin/rates", () => import("./reference/RatesGrid"), ADMINISTRATORS),
  screen("/admin/operations", () => import("./operations/Overview"), ADMINISTRATORS),
  screen("/admin/operations/failures", () => import("./operations/Failures"), ADMINISTRATORS),
  screen("/admin/operations/failures/:failureId", () => import("./operations/Failure"), ADMINISTRATORS),
  screen("/admin/operations/emails", () => import("./operations/SentEmails"), ADMINISTRATORS),
  screen("/admin/operations/figures", () => import("./operations/Figures"), ADMINISTRATORS),
  screen("/admin/operations/exposure", () => import("./operations/Exposure"), ADMINISTRATORS),
  screen("/admin/audit", () => import("./records/Audit"), ADMINISTRATORS),
  screen("/admin/moderation", () => import("./moderation/Reports"), ADMINISTRATORS),
  screen("/admin/projects", () => import("./moderation/OnlineProjects"), ADMINISTRATORS),
  screen("/admin/projects/:briefId", () => import("./moderation/OnlineProject"), ADMINISTRATORS),
  screen("/admin/reports/:reportId", () => import("./moderation/Report"), ADMINISTRATORS),
  screen("/admin/measures", () => import("./moderation/Measures"), ADMINISTRATORS),
  screen("/admin/measures/:measureId", () => import("./moderation/Measure"), ADMINISTRATORS),
  screen("/admin/identity-requests", () => import("./moderation/IdentityRequests"), ADMINISTRATORS),
  screen("/admin/identity-requests/:requestId", () => import("./moderation/IdentityRequest"), ADMINISTRATORS),
  screen("/admin/alarms", () => import("./alarms/Alarms"), ADMINISTRATORS),
  screen("/admin/alarms/new", () => import("./alarms/Prepare"), ADMINISTRATORS),
  screen("/admin/alarms/:alarmId", () => import("./alarms/Alarm"), ADMINISTRATORS),
];
