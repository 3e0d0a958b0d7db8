import type { RouteObject } from "react-router";

export const producerRoutes: RouteObject[] = [];
