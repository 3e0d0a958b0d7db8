import type { RouteObject } from "react-router";
import { screen } from "@/app/route";

export const accountRoutes: RouteObject[] = [
  screen("/sign-in", () => import("./SignIn")),
  screen("/sign-up", () => import("./SignUp")),
  screen("/forgot-password", () => import("./ForgotPassword")),
  screen("/account/role", () => import("./ChooseRole"), "anyone signed in"),
  screen("/account", () => import("./Account"), "anyone signed in"),
];
