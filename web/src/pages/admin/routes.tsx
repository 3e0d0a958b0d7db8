import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const ADMINISTRATORS = ["admin"] as const;

export const adminRoutes: RouteObject[] = [
  screen("/admin/moderation", () => import("./moderation/Reports"), ADMINISTRATORS),
  screen("/admin/reports/:reportId", () => import("./moderation/Report"), ADMINISTRATORS),
  screen("/admin/measures", () => import("./moderation/Measures"), ADMINISTRATORS),
  screen("/admin/measures/:measureId", () => import("./moderation/Measure"), ADMINISTRATORS),
  screen("/admin/identity-requests", () => import("./moderation/IdentityRequests"), ADMINISTRATORS),
  screen("/admin/identity-requests/:requestId", () => import("./moderation/IdentityRequest"), ADMINISTRATORS),
  screen("/admin/alarms", () => import("./alarms/Alarms"), ADMINISTRATORS),
  screen("/admin/alarms/new", () => import("./alarms/Prepare"), ADMINISTRATORS),
  screen("/admin/alarms/:alarmId", () => import("./alarms/Alarm"), ADMINISTRATORS),
];
