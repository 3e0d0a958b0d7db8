import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { Empty, Unknown } from "@/design/States";
import type { Brief } from "../briefs";
import classes from "@/pages/shared/person/People.module.css";

/** Nobody can be proposed: which of the project's conditions leave people out, and where to loosen them. */
export function Nobody({ brief }: { brief: Brief }) {
  const { t } = useTranslation("people");
  const { data, isError, refetch } = useQuery({
    queryKey: ["briefs", brief.brief_id, "estimate", brief.version],
    queryFn: ({ signal }) => ask(api.POST("/briefs/estimate", { body: conditions(brief), signal })),
    enabled: brief.role !== null,
  });
  const left = data?.left_out.filter((one) => one.people > 0);
  return (
    <Empty
      title={t("nobody.title")}
      action={
        <Button component={Link} to={`/briefs/${brief.brief_id}/edit?step=3`}>
          {t("nobody.edit")}
        </Button>
      }
    >
      <p>{t("nobody.what")}</p>
      {isError && !data && <Unknown retry={refetch}>{t("nobody.unknown")}</Unknown>}
      {left?.length === 0 && <p>{t("nobody.none")}</p>}
      {left && left.length > 0 && (
        <>
          <p>{t("nobody.loosen")}</p>
          <ul className={classes.left}>
            {[...left]
              .sort((one, other) => other.people - one.people)
              .map(({ rule, people }) => (
                <li key={rule} data-strictest={rule === data?.strictest}>
                  {t(`nobody.${rule}`, { count: people })}
                </li>
              ))}
          </ul>
        </>
      )}
    </Empty>
  );
}

/** The hard rules alone; what is not sent has the contract's default. */
function conditions(brief: Brief): Shape<"EstimateInput"> {
  const { role, languages, estimated_days, start_window, option_end_date, renewal_notice_days, broadcaster_date } = brief;
  return {
    role,
    languages,
    estimated_days,
    start_window,
    option_end_date,
    renewal_notice_days,
    broadcaster_date,
  } as Shape<"EstimateInput">;
}
