import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const PRODUCERS = ["producer"] as const;

export const producerRoutes: RouteObject[] = [
  screen("/briefs/new", () => import("./New"), PRODUCERS),
  screen("/briefs/:briefId", () => import("./Proposals"), PRODUCERS),
  screen("/briefs/:briefId/edit", () => import("./Edit"), PRODUCERS),
  screen("/briefs/:briefId/preview", () => import("./Preview"), PRODUCERS),
  screen("/briefs/:briefId/conversations", () => import("./ProjectConversations"), PRODUCERS),
  screen("/briefs/:briefId/answers", () => import("./answers/Answers"), PRODUCERS),
  screen("/briefs/:briefId/people/:profileId", () => import("./Person"), PRODUCERS),
  screen("/briefs/:briefId/compare", () => import("./Compare"), PRODUCERS),
  screen("/company", () => import("./company/Company"), PRODUCERS),
  screen("/company/join", () => import("./company/JoinCompany"), PRODUCERS),
];
