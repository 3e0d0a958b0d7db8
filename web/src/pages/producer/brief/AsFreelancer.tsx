import { useTranslation } from "react-i18next";
import { Facts, Tags } from "@/design/Tag";
import { useProjectWords, type ProjectCard } from "../../shared/useProjectWords";
import classes from "./AsFreelancer.module.css";

/** A project as whoever may work on it reads it, as far as its stage goes. */
export function AsFreelancer({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("brief");
  const words = useProjectWords();
  const logline = words.said(card.logline);
  const pitch = words.said(card.pitch);
  const tasks = words.said(card.detailed_tasks);
  return (
    <article className={classes.card}>
      <p className={classes.over}>{words.kind(card)}</p>
      <h3 className={classes.name}>{card.code_name ?? t("as_freelancer.no_name")}</h3>
      {logline && (
        <p className={classes.logline} lang={logline.language}>
          {logline.text}
        </p>
      )}
      <Tags label={t("as_freelancer.words")} items={words.story(card)} />
      <Facts items={[...words.work(card), ...words.terms(card), ...words.rights(card), ...words.behind(card)]} />
      {pitch && (
        <>
          <h4>{t("field.pitch")}</h4>
          <p className={classes.text} lang={pitch.language}>
            {pitch.text}
          </p>
        </>
      )}
      {tasks && (
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
