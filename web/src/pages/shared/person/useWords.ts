import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { today, useBilingual, useFormats } from "@/i18n/format";
import type { Brief, Contact, Contribution, Person } from "./shapes";
import { againstBudget, nextPeriod, strongest, type Fact } from "./reading";

const SOURCES = ["wikidata", "databnf", "tmdb", "isan", "registry"] as const;

/** What is known of a proposed person, in words: the same on the shortlist, on their page and side by side. */
export function useWords() {
  const { t } = useTranslation("people");
  const taxonomy = useTaxonomy();
  const both = useBilingual();
  const formats = useFormats();
  const tenths = (value: number) => formats.number(Math.round(value * 10) / 10);

  const source = (id: string | null) => {
    const known = SOURCES.find((one) => one === id);
    return known ? t(`source.${known}`) : t("source.other");
  };
  return {
    ...taxonomy,
    tenths,
    years: (count: number) => t("years", { count }),
    availability(periods: Person["availability"]): string {
      const next = nextPeriod(periods, today());
      if (!next) return t("free_unknown");
      const until = next.until && formats.day(next.until);
      if (next.from <= today()) return until ? t("free_now_until", { until }) : t("free_now");
      const from = formats.day(next.from);
      return until ? t("free_between", { from, until }) : t("free_from", { from });
    },
    rate: (rate: Person["day_rate"]) =>
      !rate
        ? t("rate_none")
        : rate.min === rate.max
          ? t("rate_one", { min: formats.euros(rate.min) })
          : t("rate_range", { min: formats.euros(rate.min), max: formats.euros(rate.max) }),
    budget(rate: Person["day_rate"], brief: Brief): string | null {
      const lies = againstBudget(rate, brief.budget);
      return lies && t(`budget.${lies}`);
    },
    place: ({ region, work_modes: modes }: Pick<Person, "region" | "work_modes">) =>
      [taxonomy.label("regions", region), ...taxonomy.labels("work-modes", modes)].filter(Boolean).join(" · "),
    background: (background: Person["background"]) =>
      background && formats.list(background.kinds.map((kind) => t(`papers.${kind}`))),
    /** « d’après Wikidata, le 24 novembre 2026 »; nothing of a fact that rests on nothing. */
    basis({ by, source: id, checked_at: checked }: Fact): string {
      if (!by) return "";
      const said = by === "source" ? t("fact_by.source", { source: source(id) }) : t(`fact_by.${by}`);
      return checked ? t("fact_on", { by: said, day: formats.day(checked) }) : said;
    },
    /** How far a work is verified, by its facts, or by its level where an administrator gave that alone. */
    verified(work: Person["credits"][number]): { label: string; holds: boolean; basis: string } {
      const found = strongest(work.facts);
      const given = ([null, "work", "participation", "function"] as const)[work.level] ?? null;
      const name = found?.name ?? given;
      return {
        label: name ? t(`fact.${name}`) : t("fact.none"),
        holds: name !== null,
        basis: found ? this.basis(found.fact) : "",
      };
    },
    work: (work: Person["credits"][number]) =>
      [
        taxonomy.label("roles", work.function),
        taxonomy.label("formats", work.format),
        taxonomy.label("broadcasters", work.broadcaster),
        work.company,
      ]
        .filter(Boolean)
        .join(" · "),
    /** What a criterion's points rest on. */
    ground: ({ shared, related, terms }: Contribution) =>
      [
        ...shared.map((one) => both(one.labels)),
        ...related.map((one) => t("near", { found: both(one.found.labels), wanted: both(one.wanted.labels) })),
        ...terms.map((one) => t("said", { word: both(one) })),
      ].join(" · "),
    contact: ({ state, invited_at: invited, answer_due_at: due }: Contact): string => {
      if (state === "interested" && due) return t("contact.owed", { day: formats.shortDay(due) });
      return state === "invited" && invited ? t("contact.invited_on", { day: formats.shortDay(invited) }) : "";
    },
  };
}
