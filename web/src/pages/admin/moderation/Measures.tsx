import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { toneOf } from "../../shared/decisions";
import classes from "../admin.module.css";
import { Choices, ModerationTabs, More } from "../Parts";
import { MeasureClock } from "./MeasureClock";
import { measuresQuery, type ListedMeasure } from "./moderation";

const KINDS = ["brief", "user", "company"] as const;

/** What was decided against projects, accounts and companies: what there is something to do about first. */
export default function Measures() {
  const { t } = useTranslation("adminModeration");
  const [chosen] = useSearchParams();
  const status = chosen.get("status") === "over" ? "over" : "open";
  const kind = KINDS.find((one) => one === chosen.get("kind"));
  const query = useInfiniteQuery(measuresQuery(status, kind));
  return (
    <Page title={t("measures.title")} lead={<p>{t("measures.lead")}</p>}>
      <ModerationTabs />
      <div className={classes.filters}>
        <Choices
          name="status"
          label={t("measures.status.name")}
          choices={[
            ["", t("measures.status.open")],
            ["over", t("measures.status.over")],
          ]}
        />
        <Choices
          name="kind"
          label={t("measures.kind_name")}
          choices={[["", t("everything")], ...KINDS.map((one) => [one, t(`measures.kinds.${one}`)] as const)]}
        />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const measures = pages.flatMap((page) => page.measures);
          if (measures.length === 0 && !query.hasNextPage) {
            return (
              <Empty title={t(`measures.empty.${status}`)}>
                <p>{t("measures.empty.what")}</p>
              </Empty>
            );
          }
          return (
            <>
              <ul className={classes.rows}>
                {measures.map((one) => (
                  <li key={one.measure_id} className={classes.row}>
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

function Row({ one }: { one: ListedMeasure }) {
  const { t } = useTranslation("adminModeration");
  const { t: decided } = useTranslation("decisions");
  const { day } = useFormats();
  const worded = useBilingual();
  return (
    <>
      <div>
        <h2 className={classes.title}>
          <Link to={`/admin/measures/${one.measure_id}`}>{worded(one.statement.ground.label)}</Link>
        </h2>
        <p className={classes.soft}>
          {t(`measures.kind.${one.kind}`)} · {t("measures.decided", { day: day(one.decided_at) })}{" "}
          <Tag tone={toneOf(one.state)}>{decided(`measures.state.${one.state}`)}</Tag>
        </p>
        <p className={classes.excerpt}>{one.statement.facts}</p>
      </div>
      <MeasureClock one={one} />
    </>
  );
}
