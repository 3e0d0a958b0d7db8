import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "@/i18n/format";
import type { Profile } from "./shapes";
import { fingerprint, span } from "./reading";
import { useWords } from "./useWords";
import classes from "./People.module.css";

const DIMENSIONS = ["genres", "tones", "universes", "stakes", "formats"] as const;

/** What somebody's works are made of, on one scale of years. The years are written beside each for whoever hears it. */
export function Fingerprint({ credits }: { credits: Profile["credits"] }) {
  const { t } = useTranslation("people");
  const { list } = useFormats();
  const words = useWords();
  const strands = fingerprint(credits);
  const years = span(strands);
  if (!years) return <p className={classes.small}>{t("person.fingerprint_none")}</p>;
  const at = (year: number) => (years.to === years.from ? 50 : 2 + (96 * (year - years.from)) / (years.to - years.from));
  return (
    <>
      {DIMENSIONS.map((dimension) => {
        const own = strands.filter((one) => one.dimension === dimension && words.label(dimension, one.id));
        if (!own.length) return null;
        return (
          <div key={dimension}>
            <Title order={3} className={classes.part}>
              {t(`person.dimension.${dimension}`)}
            </Title>
            <dl className={classes.strands}>
              {own.map((one) => {
                const name = words.label(dimension, one.id);
                return (
                  <div key={one.id}>
                    <dt>{name}</dt>
                    <dd>
                      <svg className={classes.strand} role="img" aria-label={t("person.strand", { name, years: list(one.years.map(String)) })}>
                        <line x1="0" x2="100%" y1="50%" y2="50%" />
                        {[...new Set(one.years)].map((year) => (
                          <circle
                            key={year}
                            cx={`${at(year)}%`}
                            cy="50%"
                            r={3 + 2 * Math.min(one.years.filter((each) => each === year).length, 3)}
                          />
                        ))}
                      </svg>
                    </dd>
                  </div>
                );
              })}
            </dl>
          </div>
        );
      })}
      <p className={classes.axis} aria-hidden="true">
        <span>{years.from}</span>
        {years.to !== years.from && <span>{years.to}</span>}
      </p>
    </>
  );
}
