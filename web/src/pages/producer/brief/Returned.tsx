import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "@/api/client";
import { Notice } from "@/design/Notice";
import { Unknown } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Brief } from "../briefs";

/** A project that moderation returned: what was decided and on which facts, to be read where it is corrected. */
export function Returned({ brief }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const both = useBilingual();
  const { day } = useFormats();
  const id = brief.measure_id;
  const { data, isError, refetch } = useQuery({
    queryKey: ["moderation", "mine", id],
    queryFn: ({ signal }) => ask(api.GET("/moderation/mine/{measure_id}", { params: { path: { measure_id: id! } }, signal })),
    enabled: id !== null,
  });
  const statement = data?.statement;
  return (
    <Notice
      tone="danger"
      title={statement ? t("returned.because", { ground: both(statement.ground.label) }) : t("returned.title")}
      actions={id && <Link to={`/moderation/${id}`}>{t("returned.read")}</Link>}
    >
      {isError && !data && <Unknown retry={refetch}>{t("returned.unknown")}</Unknown>}
      {statement && <p>{t("returned.facts", { facts: statement.facts })}</p>}
      <p>{t("returned.what")}</p>
      {data?.reply_until && data.may.includes("reply") && <p>{t("returned.reply", { day: day(data.reply_until) })}</p>}
    </Notice>
  );
}
