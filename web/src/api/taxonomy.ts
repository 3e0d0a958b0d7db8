import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { french } from "@/i18n/typography";
import { api, ask } from "./client";

export interface Choice {
  value: string;
  label: string;
  /** What else it is called, in both languages: to be found by. */
  also: readonly string[];
  /** The id of what it is a kind of. */
  parent: string | null;
}

/** The words of the trade: what may be chosen of a dimension, and the label of one entry. Ids are never shown: the label
 * of an unknown one is empty. */
export function useTaxonomy() {
  const { i18n } = useTranslation();
  const english = i18n.language === "en";
  const { data, isError, refetch } = useQuery({
    queryKey: ["taxonomy"],
    queryFn: ({ signal }) => ask(api.GET("/taxonomy", { signal })),
    staleTime: 3_600_000,
  });
  const items = (dimension: string) => data?.dimensions[dimension]?.items ?? [];
  const worded = (labels: { fr: string; en: string }) => (english ? labels.en : french(labels.fr));
  const label = (dimension: string, id: string | null | undefined): string => {
    const found = items(dimension).find((one) => one.id === id);
    return found ? worded(found.labels) : "";
  };
  return {
    ready: data !== undefined,
    /** It could not be read: there is nothing to choose from until it is read again. */
    failed: data === undefined && isError,
    readAgain: () => void refetch(),
    choices: (dimension: string): Choice[] =>
      items(dimension)
        .filter((one) => !one.retired)
        .map((one) => ({
          value: one.id,
          label: worded(one.labels),
          also: [one.labels.fr, one.labels.en, ...one.synonyms.fr, ...one.synonyms.en],
          parent: one.parent ?? null,
        })),
    label,
    labels: (dimension: string, ids: readonly string[]): string[] => ids.map((id) => label(dimension, id)).filter(Boolean),
  };
}
