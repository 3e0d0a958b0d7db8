import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const PRODUCERS = ["producer"] as const;

export const producerRoutes: RouteObject[] = [
  screen("/briefs/:briefId", () => import("./Proposals"), PRODUCERS),
  screen("/briefs/:briefId/people/:profileId", () => import("./Person"), PRODUCERS),
  screen("/briefs/:briefId/compare", () => import("./Compare"), PRODUCERS),
];
