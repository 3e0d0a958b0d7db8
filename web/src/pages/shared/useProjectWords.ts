import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { written } from "@/design/siren";
import { useFormats } from "@/i18n/format";

export type ProjectCard = Shape<"ProjectCard">;
type Fact = readonly [name: string, content: ReactNode];

/** A project as freelancers read it, in words. Facts that it does not tell, or not yet, have no content. */
export function useProjectWords() {
  const { t, i18n } = useTranslation("brief");
  const words = useTaxonomy();
  const formats = useFormats();
  const listed = (dimension: string, ids: readonly string[]) => formats.list(words.labels(dimension, ids));
  return {
    /** A text in the reader's language where it was written in it, else in the other. */
    said(texts: Shape<"TextsShape"> | null): { text: string; language: "fr" | "en" } | null {
      if (!texts) return null;
      const language = i18n.language === "en" && texts.en ? "en" : texts.fr ? "fr" : "en";
      const text = texts[language];
      return text ? { text, language } : null;
    },
    /** « Directrice littéraire · un unitaire 90′ » */
    kind: (card: ProjectCard) =>
      [words.label("roles", card.role), words.label("formats", card.format)].filter(Boolean).join(" · "),
    /** What the story is made of. */
    story: (card: ProjectCard) => [
      ...words.labels("genres", card.genres),
      ...words.labels("tones", card.tones),
      ...words.labels("universes", card.universes),
      ...words.labels("stakes", card.stakes),
    ],
    budget: ({ budget }: ProjectCard) => budget && `${formats.euroRange(budget.min, budget.max)} ${t(`per.${budget.unit}`)}`,
    place: (card: ProjectCard) =>
      [words.label("work-modes", card.working_mode), words.label("regions", card.region)].filter(Boolean).join(", "),
    start: ({ start_window: window }: ProjectCard) =>
      window && t("value.between", { from: formats.day(window.from), until: formats.day(window.until) }),
    contract: (card: ProjectCard) => listed("contract-forms", card.contract_forms),
    work: (card: ProjectCard): Fact[] => [
      [t("field.levels"), listed("seniority", card.levels)],
      [t("field.tasks"), listed("tasks", card.tasks)],
      [t("field.development_stage"), words.label("development-stages", card.development_stage)],
      [t("field.source_material"), words.label("source-material", card.source_material)],
      [t("field.audiences"), listed("audiences", card.audiences)],
      [t("field.episode_count"), (card.episode_count ?? 0) > 1 && formats.number(card.episode_count ?? 0)],
      [t("field.languages"), listed("languages", card.languages)],
    ],
    terms(card: ProjectCard): Fact[] {
      return [
        [t("field.working_mode"), this.place(card)],
        [t("as_freelancer.start"), this.start(card)],
        [t("field.estimated_days"), card.estimated_days && formats.number(card.estimated_days)],
        [t("field.contract_forms"), this.contract(card)],
        [t("field.budget"), this.budget(card)],
      ];
    },
    /** What the confidentiality terms open, besides the texts. */
    rights: (card: ProjectCard): Fact[] => [
      [t("field.rights_status"), words.label("rights-status", card.rights_status)],
      [t("field.option_end_date"), card.option_end_date && formats.day(card.option_end_date)],
    ],
    /** Who is behind it: empty before the reveal. */
    behind: ({ company, ...card }: ProjectCard): Fact[] => [
      [t("field.confidential_title"), card.confidential_title],
      [t("field.targeted_broadcaster"), words.label("broadcasters", card.targeted_broadcaster)],
      [t("as_freelancer.company"), company?.legal_name],
      [t("as_freelancer.siren"), company && written(company.siren)],
      [t("as_freelancer.people"), company && formats.list(company.people)],
      [t("as_freelancer.addresses"), company?.addresses.join(" · ")],
      [t("as_freelancer.website"), company?.website],
    ],
  };
}
