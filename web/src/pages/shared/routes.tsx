import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const sharedRoutes: RouteObject[] = [
  screen("/verification", () => import("./verification/VerificationList"), ["producer", "freelancer"]),
  screen("/verification/:caseId", () => import("./verification/VerificationCase"), ["producer", "freelancer"]),
  screen("/verification/alarms/:alarmId", () => import("./verification/AlarmScreen"), ["producer", "freelancer"]),
];
