import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const PRODUCERS = ["producer"] as const;

export const producerRoutes: RouteObject[] = [
  screen("/briefs/new", () => import("./New"), PRODUCERS),
  screen("/briefs/:briefId/edit", () => import("./Edit"), PRODUCERS),
  screen("/briefs/:briefId/preview", () => import("./Preview"), PRODUCERS),
];
