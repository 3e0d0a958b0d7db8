import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { Facts, Tags } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import classes from "./AsFreelancer.module.css";

type Card = Shape<"ProjectCard">;

/** A project as whoever may work on it reads it, as far as its stage goes. */
export function AsFreelancer({ card }: { card: Card }) {
  const { t, i18n } = useTranslation("brief");
  const words = useTaxonomy();
  const formats = useFormats();
  const said = (texts: { fr: string | null; en: string | null } | null) => {
    if (!texts) return null;
    const language = i18n.language === "en" && texts.en ? "en" : texts.fr ? "fr" : "en";
    return { text: texts[language] ?? "", language };
  };
  const logline = said(card.logline);
  const pitch = said(card.pitch);
  const tasks = said(card.detailed_tasks);
  const window = card.start_window;
  const { company } = card;
  return (
    <article className={classes.card}>
      <p className={classes.over}>
        {[words.label("roles", card.role), words.label("formats", card.format)].filter(Boolean).join(" · ")}
      </p>
      <h3 className={classes.name}>{card.code_name ?? t("as_freelancer.no_name")}</h3>
      {logline?.text && (
        <p className={classes.logline} lang={logline.language}>
          {logline.text}
        </p>
      )}
      <Tags
        label={t("as_freelancer.words")}
        items={[
          ...words.labels("genres", card.genres),
          ...words.labels("tones", card.tones),
          ...words.labels("universes", card.universes),
          ...words.labels("stakes", card.stakes),
        ]}
      />
      <Facts
        items={[
          [t("field.levels"), formats.list(words.labels("seniority", card.levels))],
          [t("field.tasks"), formats.list(words.labels("tasks", card.tasks))],
          [t("field.development_stage"), words.label("development-stages", card.development_stage)],
          [t("field.source_material"), words.label("source-material", card.source_material)],
          [t("field.audiences"), formats.list(words.labels("audiences", card.audiences))],
          [t("field.episode_count"), card.episode_count && formats.number(card.episode_count)],
          [t("field.languages"), formats.list(words.labels("languages", card.languages))],
          [t("field.working_mode"), [words.label("work-modes", card.working_mode), words.label("regions", card.region)].filter(Boolean).join(", ")],
          [t("as_freelancer.start"), window && t("value.between", { from: formats.day(window.from), until: formats.day(window.until) })],
          [t("field.estimated_days"), card.estimated_days && formats.number(card.estimated_days)],
          [t("field.contract_forms"), formats.list(words.labels("contract-forms", card.contract_forms))],
          [
            t("field.budget"),
            card.budget &&
              `${t("rates.range", { low: formats.euros(card.budget.min), high: formats.euros(card.budget.max) })} ${t(`per.${card.budget.unit}`)}`,
          ],
          [t("field.rights_status"), words.label("rights-status", card.rights_status)],
          [t("field.option_end_date"), card.option_end_date && formats.day(card.option_end_date)],
          [t("field.confidential_title"), card.confidential_title],
          [t("field.targeted_broadcaster"), words.label("broadcasters", card.targeted_broadcaster)],
          [t("as_freelancer.company"), company?.legal_name],
          [t("as_freelancer.siren"), company?.siren],
          [t("as_freelancer.people"), company && formats.list(company.people)],
          [t("as_freelancer.addresses"), company?.addresses.join(" · ")],
          [t("as_freelancer.website"), company?.website],
        ]}
      />
      {pitch?.text && (
        <>
          <h4>{t("field.pitch")}</h4>
          <p className={classes.text} lang={pitch.language}>
            {pitch.text}
          </p>
        </>
      )}
      {tasks?.text && (
        <>
          <h4>{t("field.detailed_tasks")}</h4>
          <p className={classes.text} lang={tasks.language}>
            {tasks.text}
          </p>
        </>
      )}
    </article>
  );
}
