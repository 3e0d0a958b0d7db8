import { lazy, Suspense, type ComponentType } from "react";
import type { RouteObject } from "react-router";
import { Loading } from "@/design/States";
import type { Role } from "@/session/session";
import { Only } from "./Only";

type Load = () => Promise<{ default: ComponentType }>;

/** A screen of its own address. `only`: for whom; without it, for everybody. The screen's code comes when it is opened. */
export function screen(path: string, load: Load, only?: "anyone signed in" | readonly Role[]): RouteObject {
  const Screen = lazy(load);
  const shown = (
    <Suspense fallback={<Loading />}>
      <Screen />
    </Suspense>
  );
  return { path, element: only ? <Only roles={only}>{shown}</Only> : shown };
}
