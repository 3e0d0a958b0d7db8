/** What a tab keeps its session under. */
export const KEPT = "plot-point-session";
