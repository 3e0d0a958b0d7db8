import type fr from "../fr/choices";
import type { Translated } from "../types";

const words: Translated<typeof fr> = {
  seek: "Search {{count}} words",
  all: "Show all {{count}}",
  none: "Nothing of that name. Try another word.",
  full: "{{count}} at most: take one away to choose another.",
};

export default words;
