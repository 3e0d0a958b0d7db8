import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { onTrack, type Range, type RoleRates } from "./grid";
import classes from "./Rates.module.css";

interface Props extends RoleRates {
  /** Where the tracks of a unit end (`ends`). */
  most: Record<string, number>;
  /** The level whose line stands out, and what is said of it. */
  own?: { level: string; words: string };
}

/** What the grid says of one role: a range for each level, and where the amounts come from. */
export function RoleRanges({ role, ranges, sources, most, own }: Props) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { day } = useFormats();
  return (
    <div className={classes.role}>
      <h3>{taxonomy.label("roles", role)}</h3>
      <ul className={classes.levels}>
        {ranges.map((one) => (
          <Level
            key={`${one.level}/${one.unit}`}
            range={one}
            end={most[one.unit] ?? one.high}
            own={one.level === own?.level ? own.words : undefined}
          />
        ))}
      </ul>
      <details className={classes.sources}>
        <summary>{t("sources")}</summary>
        {sources.map((one) => (
          <p key={one.words.fr}>
            {bilingual(one.words)} {one.dated && t("dated", { day: day(one.dated) })}
          </p>
        ))}
      </details>
    </div>
  );
}

function Level({ range, end, own }: { range: Range; end: number; own?: string }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { euros, euroRange } = useFormats();
  const { from, width, median } = onTrack(range, end);
  return (
    <li data-own={own ? "true" : undefined}>
      <span className={classes.level}>
        {taxonomy.label("seniority", range.level)} {own && <Tag tone="good">{own}</Tag>}
      </span>
      <span className={classes.amount}>
        <strong>{euroRange(range.low, range.high)}</strong> {t(`unit.${range.unit}`)}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.range} style={{ left: `${from}%`, width: `${width}%` }} />
        {median !== null && <span className={classes.median} style={{ left: `${median}%` }} />}
      </span>
      <span className={classes.detail}>
        {range.median !== null && t("median", { amount: euros(range.median) })} {range.assumption && <Tag>{t("assumption")}</Tag>}
        {range.note && <span className={classes.note}>{bilingual(range.note)}</span>}
      </span>
    </li>
  );
}
