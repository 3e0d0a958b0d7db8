import { useTranslation } from "react-i18next";
import type { Brief } from "../briefs";
import type { Person } from "./queries";
import { useWords } from "./useWords";
import classes from "./People.module.css";

/** Level, availability, place and rate of somebody. The rate is last: it counts for nothing in the order. */
export function InShort({ person, brief }: { person: Person; brief: Brief }) {
  const { t } = useTranslation("people");
  const words = useWords();
  const lies = words.budget(person.day_rate, brief);
  const background = words.background(person.background);
  return (
    <dl className={classes.inShort}>
      <div>
        <dt>{t("level")}</dt>
        <dd>
          {words.label("seniority", person.level)}
          <span className={classes.small}>{words.years(person.verified_years)}</span>
        </dd>
      </div>
      {background && (
        <div>
          <dt>{t("background")}</dt>
          <dd>{background}</dd>
        </div>
      )}
      <div>
        <dt>{t("availability")}</dt>
        <dd>{words.availability(person.availability)}</dd>
      </div>
      {words.place(person) && (
        <div>
          <dt>{t("place")}</dt>
          <dd>{words.place(person)}</dd>
        </div>
      )}
      <div>
        <dt>{t("rate")}</dt>
        <dd>
          {words.rate(person.day_rate)}
          {lies && <span className={classes.small}>{lies}</span>}
        </dd>
      </div>
    </dl>
  );
}
