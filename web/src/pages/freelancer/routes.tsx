import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const freelancerRoutes: RouteObject[] = [
  screen("/projects", () => import("./Projects"), ["freelancer"]),
  screen("/projects/:projectId", () => import("./Project"), ["freelancer"]),
const FREELANCERS = ["freelancer"] as const;

export const freelancerRoutes: RouteObject[] = [
  screen("/profile", () => import("./profile/Profile"), FREELANCERS),
  screen("/profile/credits", () => import("./credits/Credits"), FREELANCERS),
  screen("/profile/credits/new", () => import("./credits/NewCredit"), FREELANCERS),
  screen("/profile/credits/:creditId", () => import("./credits/CorrectCredit"), FREELANCERS),
  screen("/profile/preview", () => import("./profile/Preview"), FREELANCERS),
const FREELANCER = ["freelancer"] as const;

export const freelancerRoutes: RouteObject[] = [
  screen("/my-rates", () => import("./rates/MyRates"), FREELANCER),
  screen("/privacy", () => import("./privacy/Privacy"), FREELANCER),
];
