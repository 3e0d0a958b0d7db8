import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { weeksQuery } from "../cases";
import lists from "../Lists.module.css";
import classes from "./Frame.module.css";

type Week = Shape<"DecidedWeekShape">;

/** Whether cases were decided by when their subjects were to hear, week by week. */
export function InTime() {
  const { t } = useTranslation("operations");
  const query = useQuery(weeksQuery);
  return (
    <Section title={t("in_time.title")} hint={t("in_time.hint")} id="in-time">
      <Loaded query={query}>
        {({ weeks }) =>
          weeks.length === 0 ? (
            <Empty title={t("in_time.nothing")}>
              <p>{t("in_time.nothing_what")}</p>
            </Empty>
          ) : (
            <Shown weeks={weeks.toReversed()} />
          )
        }
      </Loaded>
    </Section>
  );
}

function Shown({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation("operations");
  const { day, shortDay, number, percent } = useFormats();
  return (
    <>
      {/* Another way to see the table. */}
      <ul className={classes.groups} aria-hidden="true">
        {weeks.map((one) => (
          <li key={one.monday}>
            <span>{t("in_time.week_of", { day: shortDay(one.monday) })}</span>
            <svg role="presentation" focusable="false">
              <rect className={classes.expected} y="6" height="12" width="100%" />
              <rect className={classes.shown} y="6" height="12" width={`${(100 * one.in_time) / one.decided}%`} />
            </svg>
          </li>
        ))}
      </ul>
      <table className={lists.table}>
        <caption>{t("in_time.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("figures.week")}</th>
            <th scope="col">{t("in_time.share")}</th>
            <th scope="col">{t("in_time.kept")}</th>
            <th scope="col">{t("in_time.decided")}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((one) => (
            <tr key={one.monday}>
              <th scope="row">{day(one.monday)}</th>
              <td>{percent(one.in_time / one.decided)}</td>
              <td>{number(one.in_time)}</td>
              <td>{number(one.decided)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
