import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import classes from "../admin.module.css";
import { Choices, Due, ModerationTabs, More } from "../Parts";
import { holderOf, reportsQuery, type ListedReport } from "./moderation";

const ABOUT = ["brief", "profile", "conversation", "message"] as const;

/** What people asked to be looked at, the soonest due first. */
export default function Reports() {
  const { t } = useTranslation("adminModeration");
  const [chosen] = useSearchParams();
  const status = chosen.get("status") === "settled" ? "settled" : "waiting";
  const about = ABOUT.find((one) => one === chosen.get("about"));
  const query = useInfiniteQuery(reportsQuery(status, about));
  return (
    <Page title={t("title")} lead={<p>{t("reports.lead")}</p>}>
      <ModerationTabs />
      <div className={classes.filters}>
        <Choices
          name="status"
          label={t("reports.status.name")}
          choices={[
            ["", t("reports.status.waiting")],
            ["settled", t("reports.status.settled")],
          ]}
        />
        <Choices
          name="about"
          label={t("reports.about_name")}
          choices={[["", t("everything")], ...ABOUT.map((one) => [one, t(`reports.abouts.${one}`)] as const)]}
        />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const reports = pages.flatMap((page) => page.reports);
          if (reports.length === 0 && !query.hasNextPage) {
            return (
              <Empty title={t(`reports.empty.${status}`)}>
                <p>{t("reports.empty.what")}</p>
              </Empty>
            );
          }
          return (
            <>
              <ul className={classes.rows}>
                {reports.map((one) => (
                  <li key={one.report_id} className={classes.row}>
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

function Row({ one }: { one: ListedReport }) {
  const { t } = useTranslation("adminModeration");
  const { day } = useFormats();
  const worded = useBilingual();
  const { sub } = useSession();
  const holder = holderOf(one, sub, Date.now());
  const text = one.message_text ?? one.excerpts[0]?.text;
  return (
    <>
      <div>
        <h2 className={classes.title}>
          <Link to={`/admin/reports/${one.report_id}`}>{worded(one.reason.label)}</Link>
        </h2>
        <p className={classes.soft}>
          {t(`reports.about.${one.about}`)} · {t(`reports.by.${one.by}`)}
        </p>
        {text && <p className={classes.excerpt}>{text}</p>}
      </div>
      <div>
        {one.settled_at ? (
          <p>
            <Tag tone="good">{t("reports.settled")}</Tag>{" "}
            <span className={classes.soft}>
              {day(one.settled_at)}
              {one.outcome && ` · ${worded(one.outcome.label)}`}
            </span>
          </p>
        ) : (
          <>
            <Due at={one.due_at} />
            {holder !== "nobody" && (
              <p>
                <Tag tone={holder === "me" ? "good" : "plain"}>{t(`reports.held.${holder}`)}</Tag>
              </p>
            )}
          </>
        )}
      </div>
    </>
  );
}
