import { useTranslation } from "react-i18next";
import { useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import type { ListedAlarm } from "./alarms";

/** What is to be done about an alarm, and until when. */
export function AlarmClock({ one, large = false }: {
  one: Pick<ListedAlarm, "state" | "ended_at" | "reply_until" | "until" | "updated_at">;
  large?: boolean;
}) {
  const { t } = useTranslation("adminAlarms");
  const { day, moment, relative } = useFormats();
  const replyOver = one.reply_until !== null && Date.parse(one.reply_until) <= Date.now();
  const [urgency, strong, soft] = one.ended_at
    ? (["plain", t("clock.over"), day(one.ended_at)] as const)
    : one.state === "raised" && one.reply_until && !replyOver
      ? (["good", t("clock.awaited", { when: relative(one.reply_until) }), t("clock.reply_until", { moment: moment(one.reply_until) })] as const)
      : one.state === "in_force" && one.until
        ? (["good", t("clock.runs"), t("clock.until", { day: day(one.until) })] as const)
        : one.state === "appealed"
          ? (["warning", t("clock.appealed"), t("clock.since", { when: relative(one.updated_at) })] as const)
          : one.state === "draft"
            ? (["plain", t("clock.draft"), t("clock.since", { when: relative(one.updated_at) })] as const)
            : (["warning", t("clock.to_decide"), t(replyOver ? "clock.no_reply" : "clock.since", { when: relative(one.updated_at) })] as const);
  return (
    <p className={large ? classes.dueLarge : classes.due} data-urgency={urgency}>
      <strong>{strong}</strong> <span>{soft}</span>
    </p>
  );
}
