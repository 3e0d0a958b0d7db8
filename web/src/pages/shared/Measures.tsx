import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { measuresQuery, toneOf, type Measure } from "./decisions";
import classes from "./Decisions.module.css";

/** What was decided about one's account, company or projects. */
export default function Measures() {
  const { t } = useTranslation("decisions");
  const query = useQuery(measuresQuery);
  return (
    <Page title={t("measures.title")} lead={<p>{t("measures.lead")}</p>}>
      <Loaded query={query}>
        {({ measures, suspended }) => (
          <>
            {suspended && (
              <Notice tone="danger" title={t("measures.suspended.title")}>
                <p>{t("measures.suspended.what")}</p>
              </Notice>
            )}
            {measures.length === 0 ? (
              <Empty title={t("measures.empty")}>
                <p>{t("measures.empty_what")}</p>
              </Empty>
            ) : (
              <ul className={classes.rows}>
                {measures.map((one) => (
                  <li key={one.measure_id} className={classes.row}>
                    <Decided one={one} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Decided({ one }: { one: Measure }) {
  const { t } = useTranslation("decisions");
  const { day } = useFormats();
  const worded = useBilingual();
  const { statement, may } = one;
  const clocks = [
    statement.since && t("measures.since", { day: day(statement.since) }),
    may.includes("reply") && one.reply_until && t("measures.reply_until", { day: day(one.reply_until) }),
    may.includes("appeal") && one.appeal_until && t("measures.appeal_until", { day: day(one.appeal_until) }),
  ].filter(Boolean);
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Link to={`/moderation/${one.measure_id}`}>{worded(statement.ground.label)}</Link>
        </h2>
        <Tag tone={toneOf(one.state)}>{t(`measures.state.${one.state}`)}</Tag>
      </div>
      <p className={classes.calm}>{[t(`measures.kind.${one.kind}`), ...clocks].join(" · ")}</p>
      <p>{worded(statement.decision)}</p>
    </>
  );
}
