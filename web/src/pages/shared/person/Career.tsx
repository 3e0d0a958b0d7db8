import { useTranslation } from "react-i18next";
import type { Profile } from "./shapes";
import { useWords } from "./useWords";
import { WorkFacts } from "./Works";
import classes from "./People.module.css";

/** All of somebody's works, each with what is established of it and what they say of it. */
export function Career({ credits }: { credits: Profile["credits"] }) {
  const { t } = useTranslation("people");
  const words = useWords();
  if (!credits.length) return <p className={classes.small}>{t("person.no_credits")}</p>;
  return (
    <ul className={classes.career}>
      {credits.map((credit) => (
        <li key={credit.credit_id}>
          <p className={classes.work}>
            <cite>{credit.title}</cite> ({credit.year})
          </p>
          <p className={classes.small}>{words.work(credit)}</p>
          <p className={classes.small}>
            {[...words.labels("genres", credit.genres), ...words.labels("tones", credit.tones)].join(" · ")}
          </p>
          <WorkFacts work={credit} />
          {credit.contribution && (
            <p className={classes.told}>
              <strong>{t("person.did")}</strong> {credit.contribution}
            </p>
          )}
          {credit.synopsis && (
            <p className={classes.told}>
              <strong>{t("person.story")}</strong> {credit.synopsis}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
