import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const producerRoutes: RouteObject[] = [
  screen("/company", () => import("./company/Company"), ["producer"]),
  screen("/company/join", () => import("./company/JoinCompany"), ["producer"]),
];
