import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const FREELANCER = ["freelancer"] as const;

export const freelancerRoutes: RouteObject[] = [
  screen("/projects", () => import("./Projects"), FREELANCER),
  screen("/projects/:projectId", () => import("./Project"), FREELANCER),
  screen("/profile", () => import("./profile/Profile"), FREELANCER),
  screen("/profile/credits", () => import("./credits/Credits"), FREELANCER),
  screen("/profile/credits/new", () => import("./credits/NewCredit"), FREELANCER),
  screen("/profile/credits/:creditId", () => import("./credits/CorrectCredit"), FREELANCER),
  screen("/profile/preview", () => import("./profile/Preview"), FREELANCER),
  screen("/my-rates", () => import("./rates/MyRates"), FREELANCER),
  screen("/privacy", () => import("./privacy/Privacy"), FREELANCER),
];
