import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import { Choices, More } from "../Parts";
import { AlarmClock } from "./AlarmClock";
import { alarmsQuery, OPEN_STATES, toneOf, type ListedAlarm } from "./alarms";

const KINDS = ["profile", "company"] as const;
const STATES = [...OPEN_STATES, "over"] as const;

/** Alarms: of those that are not over, first the ones about which there is something to do soonest; of those that are, the
 * latest. */
export default function Alarms() {
  const { t } = useTranslation("adminAlarms");
  const [chosen] = useSearchParams();
  const state = STATES.find((one) => one === chosen.get("state"));
  const kind = KINDS.find((one) => one === chosen.get("kind"));
  const query = useInfiniteQuery(alarmsQuery(state, kind));
  return (
    <Page
      title={t("title")}
      lead={<p>{t("lead")}</p>}
      actions={
        <Button component={Link} to="/admin/alarms/new">
          {t("prepare.open")}
        </Button>
      }
    >
      <div className={classes.filters}>
        <Choices
          name="state"
          label={t("states.name")}
          choices={[["", t("states.all")], ...STATES.map((one) => [one, t(`states.${one}`)] as const)]}
        />
        <Choices
          name="kind"
          label={t("kinds.name")}
          choices={[["", t("kinds.all")], ...KINDS.map((one) => [one, t(`kinds.${one}`)] as const)]}
        />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const alarms = pages.flatMap((page) => page.alarms);
          if (alarms.length === 0 && !query.hasNextPage) {
            return (
              <Empty title={t(state === "over" ? "empty_over" : "empty")}>
                <p>{t(state === "over" ? "empty_over_what" : "empty_what")}</p>
              </Empty>
            );
          }
          return (
            <>
              <ul className={classes.rows}>
                {alarms.map((one) => (
                  <li key={one.alarm_id} className={classes.row}>
                    <Row one={one} />
                  </li>
                ))}
              </ul>
              <More query={query} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Row({ one }: { one: ListedAlarm }) {
  const { t } = useTranslation("adminAlarms");
  const { day } = useFormats();
  const worded = useBilingual();
  return (
    <>
      <div>
        <h2 className={classes.title}>
          <Link to={`/admin/alarms/${one.alarm_id}`}>{one.subject_name ?? worded(one.reason_label)}</Link>
        </h2>
        {one.subject_name && <p>{worded(one.reason_label)}</p>}
        <p className={classes.soft}>
          {t(`about.${one.kind}`)} · {t("prepared", { day: day(one.prepared_at) })}{" "}
          <Tag tone={toneOf(one.state)}>{worded(one.state_label)}</Tag>
        </p>
      </div>
      <AlarmClock one={one} />
    </>
  );
}
