import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { reportsQuery, type Report } from "./decisions";
import classes from "./Decisions.module.css";

/** What one reported, and what came of it. */
export default function Reports() {
  const { t } = useTranslation("decisions");
  const query = useQuery(reportsQuery);
  return (
    <Page title={t("reports.title")} lead={<p>{t("reports.lead")}</p>}>
      <Loaded query={query}>
        {({ reports }) =>
          reports.length === 0 ? (
            <Empty title={t("reports.empty")}>
              <p>{t("reports.empty_what")}</p>
            </Empty>
          ) : (
            <ul className={classes.rows}>
              {reports.map((one) => (
                <li key={one.report_id} className={classes.row}>
                  <Reported one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function Reported({ one }: { one: Report }) {
  const { t } = useTranslation("decisions");
  const { day, moment } = useFormats();
  const worded = useBilingual();
  const { role } = useSession();
  const isLate = Date.parse(one.due_at) <= Date.now();
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{worded(one.reason.label)}</h2>
        <Tag tone={one.outcome ? "good" : "warning"}>{t(one.outcome ? "reports.done" : "reports.waiting")}</Tag>
      </div>
      <p className={classes.calm}>
        {t(`reports.about.${one.about}`)} · {t("reports.on", { when: moment(one.reported_at) })}
      </p>
      {one.text && (
        <figure className={classes.words}>
          <figcaption>{t("reports.yours")}</figcaption>
          <blockquote>{one.text}</blockquote>
        </figure>
      )}
      {one.outcome ? (
        <figure className={classes.words} data-answer>
          <figcaption>
            {one.decided_at && t("reports.answer", { day: day(one.decided_at) })}
            {" · "}
            <strong>{worded(one.outcome.label)}</strong>
          </figcaption>
          {one.answer && <blockquote>{one.answer}</blockquote>}
        </figure>
      ) : (
        <p>{t(isLate ? "reports.late" : "reports.due", { when: moment(one.due_at) })}</p>
      )}
      {one.about === "conversation" && <Link to={`/conversations/${one.id}`}>{t("reports.see_conversation")}</Link>}
      {one.about === "brief" && role === "freelancer" && <Link to={`/projects/${one.id}`}>{t("reports.see_project")}</Link>}
    </>
  );
}
