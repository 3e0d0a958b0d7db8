import { device } from "@/session/device";

export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the browser keeps the chosen language under. */
export const KEPT = "plot-point-language";

/** The language that this browser's reader has chosen, or reads. */
export function chosen(): Language {
  const kept = device.get(KEPT);
  if (kept === "fr" || kept === "en") return kept;
  const spoken = navigator.languages.map((one) => one.slice(0, 2));
  return spoken.includes("fr") || !spoken.includes("en") ? "fr" : "en";
}
