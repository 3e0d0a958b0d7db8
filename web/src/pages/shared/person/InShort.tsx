import { useTranslation } from "react-i18next";
import type { Brief, Person } from "./shapes";
import { useWords } from "./useWords";
import classes from "./People.module.css";

interface Level {
  /** The function, where there may be several. */
  name?: string;
  level: string | undefined;
  years: number;
}

/** Level, availability, place and rate of somebody. The rate is last: it counts for nothing in the order. */
export function InShort({ person, levels, brief, languages = false }: {
  person: Pick<Person, "background" | "availability" | "region" | "work_modes" | "languages" | "day_rate">;
  levels: readonly Level[];
  /** What the rate is held against, where it is. */
  brief?: Brief;
  languages?: boolean;
}) {
  const { t } = useTranslation("people");
  const words = useWords();
  const lies = brief && words.budget(person.day_rate, brief);
  const background = words.background(person.background);
  return (
    <dl className={classes.inShort}>
      {levels.map(({ name, level, years }) => (
        <div key={name ?? ""}>
          <dt>{name ?? t("level")}</dt>
          <dd>
            {words.label("seniority", level)}
            <span className={classes.small}>{words.years(years)}</span>
          </dd>
        </div>
      ))}
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
      {languages && (
        <div>
          <dt>{t("languages")}</dt>
          <dd>{words.labels("languages", person.languages).join(", ")}</dd>
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
