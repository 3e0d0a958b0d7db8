import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const FREELANCER = ["freelancer"] as const;

export const freelancerRoutes: RouteObject[] = [
  screen("/my-rates", () => import("./rates/MyRates"), FREELANCER),
  screen("/privacy", () => import("./privacy/Privacy"), FREELANCER),
];
