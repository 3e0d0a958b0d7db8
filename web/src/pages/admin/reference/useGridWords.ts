import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Grid, Part } from "./grid";

type Values = Record<string, unknown>;
type Ranged = Grid["ranges"][number];

/** The entries of a grid in words: what each is, and its amounts. */
export function useGridWords() {
  const { t } = useTranslation("reference");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { euroRange, euros, exactEuros, number, day, list } = useFormats();

  function nameOf(part: string, entry: Values | null | undefined): string {
    const values = entry ?? {};
    if (part === "ranges") {
      const { role, level, unit } = values as unknown as Ranged;
      return [taxonomy.label("roles", role), taxonomy.label("seniority", level), t(`rates.per.${unit}`)].filter(Boolean).join(" · ");
    }
    if (part === "flat_amounts" || part === "agreements") return bilingual((values as unknown as Grid["agreements"][number]).labels);
    if (part === "minima") {
      const { title, category, in_force_since } = values as unknown as Grid["minima"][number];
      return [title, category, in_force_since && day(in_force_since)].filter(Boolean).join(" · ");
    }
    if (part === "contract_forms") return taxonomy.label("contract-forms", values.id as string);
    if (part === "own_cost") return t(`rates.inputs.${(values as unknown as Grid["own_cost"][number]).input}`);
    return t(`rates.parts.${part === "as_of" || part === "basis" ? part : "other"}`);
  }

  function amountsOf(entry: Values): string {
    if (Array.isArray(entry.amounts)) {
      const { amounts } = entry as unknown as Grid["minima"][number];
      return list(amounts.map(({ basis, cents }) => `${t(`rates.basis.${basis}`)} ${exactEuros(cents)}`));
    }
    if (typeof entry.low === "number" && typeof entry.high === "number") {
      const range = euroRange(entry.low, entry.high);
      return typeof entry.median === "number" ? t("rates.median_of", { range, median: euros(entry.median) }) : range;
    }
    return typeof entry.value === "number" ? number(entry.value) : t("rates.text_changed");
  }

  return { nameOf, amountsOf, partOf: (part: Part) => t(`rates.parts.${part}`) };
}
