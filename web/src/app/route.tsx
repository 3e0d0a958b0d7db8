import { createElement, type ComponentType } from "react";
import type { RouteObject } from "react-router";
import type { Role } from "@/session/session";
import { Only } from "./Only";

type Load = () => Promise<{ default: ComponentType }>;

/** A screen of its own address. `only`: for whom; without it, for everybody. The screen's code comes when it is opened,
 * and the one before stays until it is there: a sign of waiting, once shown, is kept by React for a third of a second. */
export function screen(path: string, load: Load, only?: "anyone signed in" | readonly Role[]): RouteObject {
  return {
    path,
    lazy: async () => {
      const Screen = (await load()).default;
      return { element: only ? <Only roles={only}>{createElement(Screen)}</Only> : createElement(Screen) };
    },
  };
}
