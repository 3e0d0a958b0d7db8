import { useTranslation } from "react-i18next";
import { useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import { Due } from "../Parts";
import type { ListedMeasure } from "./moderation";

const CONFIRM_WITHIN_MS = 7 * 86_400_000;

/** What is to be done about a decision, and until when. */
export function MeasureClock({ one, large = false }: { one: ListedMeasure; large?: boolean }) {
  const { t } = useTranslation("adminModeration");
  const { day, relative } = useFormats();
  if (one.ended_at) return <p className={classes.soft}>{t("measures.ended", { day: day(one.ended_at) })}</p>;
  // A proposal that nobody confirms in seven days comes to nothing.
  if (one.state === "proposed") {
    return <Due at={new Date(Date.parse(one.decided_at) + CONFIRM_WITHIN_MS).toISOString()} large={large} />;
  }
  const [urgency, strong, soft] =
    one.state === "appealed" && one.appeal
      ? (["warning", t("measures.to_review"), t("measures.contested", { when: relative(one.appeal.at) })] as const)
      : one.reply
        ? (["warning", t("measures.to_read"), t("measures.replied", { when: relative(one.reply.at) })] as const)
        : one.statement.until
          ? (["good", t("measures.runs"), t("measures.ends", { day: day(one.statement.until) })] as const)
          : (["good", t("measures.runs"), one.appeal_until ? t("measures.contestable", { day: day(one.appeal_until) }) : ""] as const);
  return (
    <p className={large ? classes.dueLarge : classes.due} data-urgency={urgency}>
      <strong>{strong}</strong> <span>{soft}</span>
    </p>
  );
}
