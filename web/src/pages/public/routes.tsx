import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const publicRoutes: RouteObject[] = [
  screen("/how-profiles-are-ordered", () => import("./HowOrdered")),
  screen("/rates", () => import("./Rates")),
  screen("/promise", () => import("./Promise")),
  screen("/accessibility", () => import("./Accessibility")),
  screen("/privacy-notice", () => import("./PrivacyNotice")),
];
