import { useTranslation } from "react-i18next";
import { daysUntil, useFormats } from "@/i18n/format";
import type { Conversation } from "./conversations";

/** Until when an answer to an invitation is of use, and that it may still be given after. */
export function ReplyUntil({ of }: { of: Conversation }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  if (!of.reply_by || of.side !== "freelancer") return null;
  return <p>{t(daysUntil(of.reply_by) < 0 ? "interest.passed" : "interest.until", { day: day(of.reply_by) })}</p>;
}
