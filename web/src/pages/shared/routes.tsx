import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const BOTH_SIDES = ["producer", "freelancer"] as const;

export const sharedRoutes: RouteObject[] = [
  screen("/conversations", () => import("./Conversations"), BOTH_SIDES),
  screen("/conversations/:conversationId", () => import("./Conversation"), BOTH_SIDES),
  screen("/briefs/:briefId/conversations", () => import("./ProjectConversations"), ["producer"]),
  screen("/briefs/:briefId/answers", () => import("./Answers"), ["producer"]),
];
