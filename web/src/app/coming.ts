import type { Navigation } from "react-router";

let underWay = false;

/** Another screen is on its way, until it stands where this one does. */
export function announce({ state }: Navigation): void {
  underWay = state !== "idle";
  if (underWay) document.documentElement.dataset.coming = "";
}

/** It stands there; unless it leads to the next one at once. */
export function arrived(): void {
  if (!underWay) delete document.documentElement.dataset.coming;
}
