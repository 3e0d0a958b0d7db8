import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { daysUntil, useFormats } from "@/i18n/format";
import classes from "./Countdown.module.css";

/** Days left until a day, in a figure that is seen first and in words. `of`: what ends (« l’option »); where it is no end
 * that is counted to, `children` are the words. */
export function Countdown({ day, of = "", small = false, children }: {
  day: string;
  of?: string;
  small?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { day: written } = useFormats();
  const left = daysUntil(day);
  const urgency = left < 0 ? "over" : left <= 7 ? "now" : left <= 30 ? "soon" : "calm";
  return (
    <p className={small ? classes.small : classes.countdown} data-urgency={urgency}>
      <strong className={classes.figure}>{t("countdown.days", { count: Math.max(left, 0) })}</strong>
      <span className={classes.words}>
        {children ?? t(left < 0 ? "countdown.over" : "countdown.until", { of, day: written(day) })}
      </span>
    </p>
  );
}
