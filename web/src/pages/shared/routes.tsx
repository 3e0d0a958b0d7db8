import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const BOTH_SIDES = ["producer", "freelancer"] as const;

export const sharedRoutes: RouteObject[] = [
  screen("/verification", () => import("./verification/VerificationList"), BOTH_SIDES),
  screen("/verification/:caseId", () => import("./verification/VerificationCase"), BOTH_SIDES),
  screen("/verification/alarms/:alarmId", () => import("./verification/AlarmScreen"), BOTH_SIDES),
  screen("/conversations", () => import("./Conversations"), BOTH_SIDES),
  screen("/conversations/:conversationId", () => import("./Conversation"), BOTH_SIDES),
  screen("/reports", () => import("./Reports"), BOTH_SIDES),
  screen("/moderation", () => import("./Measures"), BOTH_SIDES),
  screen("/moderation/:measureId", () => import("./Measure"), BOTH_SIDES),
];
