import { useTranslation } from "react-i18next";
import { useBilingual } from "@/i18n/format";
import type { Contribution } from "./shapes";
import { counted } from "./reading";
import { useWords } from "./useWords";
import classes from "./People.module.css";

/** How much of what a criterion can give somebody has; the figures stand beside it. `scale`: what fills the width. */
export function Bar({ points, maximum, scale }: { points: number; maximum: number; scale: number }) {
  return (
    <svg className={classes.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className={classes.barRoom} width={(100 * maximum) / scale} height="8" />
      <rect className={classes.barGiven} width={(100 * points) / scale} height="8" />
    </svg>
  );
}

/** What every criterion gave, and what that rests on. The bars are drawn to one scale: a long one can weigh more. */
export function Criteria({ contributions }: { contributions: readonly Contribution[] }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const words = useWords();
  const shown = counted(contributions);
  const scale = shown[0]?.maximum ?? 1;
  return (
    <table className={classes.criteria}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t("criterion")}</th>
          <th scope="col">{t("gave")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.criterion}>
            <th scope="row">
              {both(one.labels)}
              {words.ground(one) && <span className={classes.ground}>{words.ground(one)}</span>}
            </th>
            <td>
              <Bar points={one.points} maximum={one.maximum} scale={scale} />
              <span className={classes.figures}>
                {t("points", { points: words.tenths(one.points), maximum: words.tenths(one.maximum) })}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
