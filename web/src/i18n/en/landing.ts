import type fr from "../fr/landing";
import type { Translated } from "../types";

const words: Translated<typeof fr> = { title: "Plot Point" };

export default words;
