import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const freelancerRoutes: RouteObject[] = [
  screen("/projects", () => import("./Projects"), ["freelancer"]),
  screen("/projects/:projectId", () => import("./Project"), ["freelancer"]),
];
