import { useTaxonomy } from "@/api/taxonomy";
import { useFormats } from "@/i18n/format";
import type { Fields, Name } from "./fields";
import { usePeriodWords } from "./usePeriodWords";

const DIMENSIONS = {
  roles: "roles",
  languages: "languages",
  work_modes: "work-modes",
  genres: "genres",
  tones: "tones",
  universes: "universes",
  stakes: "stakes",
  formats: "formats",
  tasks: "tasks",
  development_stages: "development-stages",
} as const;

/** What a field says, in words; nothing of an empty one. */
export function useFieldWords() {
  const words = useTaxonomy();
  const { euros, list } = useFormats();
  const period = usePeriodWords();
  return (name: Name, fields: Fields): string => {
    if (name in DIMENSIONS) {
      const chosen = name as keyof typeof DIMENSIONS;
      return words.labels(DIMENSIONS[chosen], fields[chosen]).join(", ");
    }
    if (name === "availability") return list(fields.availability.map(period));
    if (name === "region") return words.label("regions", fields.region);
    const value = fields[name];
    return typeof value === "number" ? euros(value) : typeof value === "string" ? value : "";
  };
}
