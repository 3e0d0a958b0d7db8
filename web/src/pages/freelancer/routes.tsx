import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

const FREELANCERS = ["freelancer"] as const;

export const freelancerRoutes: RouteObject[] = [
  screen("/projects", () => import("./Projects"), FREELANCERS),
  screen("/projects/:projectId", () => import("./Project"), FREELANCERS),
  screen("/profile", () => import("./profile/Profile"), FREELANCERS),
  screen("/profile/credits", () => import("./credits/Credits"), FREELANCERS),
  screen("/profile/credits/new", () => import("./credits/NewCredit"), FREELANCERS),
  screen("/profile/credits/:creditId", () => import("./credits/CorrectCredit"), FREELANCERS),
  screen("/profile/preview", () => import("./profile/Preview"), FREELANCERS),
  screen("/my-rates", () => import("./rates/MyRates"), FREELANCERS),
  screen("/privacy", () => import("./privacy/Privacy"), FREELANCERS),
];
