import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { useFormats } from "@/i18n/format";
import type { Budget, Fields, Name, Texts, Window } from "./fields";
import { DIMENSION } from "./steps";

/** What a field holds, as somebody would say it. */
export function useFieldWords() {
  const { t } = useTranslation("brief");
  const words = useTaxonomy();
  const formats = useFormats();
  const amount = (value: number | null) => (value === null ? "…" : formats.euros(value));
  return (name: Name, value: Fields[Name]): string => {
    const nothing = t("value.nothing");
    if (name === "budget") {
      const { min, max, unit } = value as Budget;
      return min === null && max === null ? nothing : `${t("rates.range", { low: amount(min), high: amount(max) })} ${t(`per.${unit}`)}`;
    }
    if (name === "start_window") {
      const { from, until } = value as Window;
      return from && until ? t("value.between", { from: formats.day(from), until: formats.day(until) }) : nothing;
    }
    if (name === "logline" || name === "pitch" || name === "detailed_tasks") {
      const { fr, en } = value as Texts;
      return [fr, en].filter(Boolean).join("\n\n") || nothing;
    }
    const dimension = DIMENSION[name];
    if (dimension && Array.isArray(value)) return formats.list(words.labels(dimension, value)) || nothing;
    if (dimension) return words.label(dimension, value as string | null) || nothing;
    if (name === "company_affinity") return value === false ? t("value.affinity_off") : t("value.affinity_on");
    if (name === "junior_seats") return t("seats", { count: (value as number | null) ?? 1 });
    if (name === "option_end_date" || name === "broadcaster_date") return value ? formats.day(value as string) : nothing;
    if (typeof value === "number") return formats.number(value);
    return (value as string | null) || nothing;
  };
}
