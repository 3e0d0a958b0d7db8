import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const producerRoutes: RouteObject[] = [
  screen("/company", () => import("./company/Company"), ["producer"]),
  screen("/company/join", () => import("./company/JoinCompany"), ["producer"]),
const PRODUCERS = ["producer"] as const;

export const producerRoutes: RouteObject[] = [
  screen("/briefs/:briefId", () => import("./Proposals"), PRODUCERS),
  screen("/briefs/:briefId/people/:profileId", () => import("./Person"), PRODUCERS),
  screen("/briefs/:briefId/compare", () => import("./Compare"), PRODUCERS),
const PRODUCERS = ["producer"] as const;

export const producerRoutes: RouteObject[] = [
  screen("/briefs/new", () => import("./New"), PRODUCERS),
  screen("/briefs/:briefId/edit", () => import("./Edit"), PRODUCERS),
  screen("/briefs/:briefId/preview", () => import("./Preview"), PRODUCERS),
];
