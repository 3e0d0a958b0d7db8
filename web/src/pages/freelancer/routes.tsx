import type { RouteObject } from "react-router";

export const freelancerRoutes: RouteObject[] = [];
