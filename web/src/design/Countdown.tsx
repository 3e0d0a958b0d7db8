import { useTranslation } from "react-i18next";
import { daysUntil, useFormats } from "@/i18n/format";
import classes from "./Countdown.module.css";

/** Days left until a day, in a figure that is seen first and in words. `of`: what ends (« l’option »). */
export function Countdown({ day, of, small = false }: { day: string; of: string; small?: boolean }) {
  const { t } = useTranslation();
  const { day: written } = useFormats();
  const left = daysUntil(day);
  const urgency = left < 0 ? "over" : left <= 7 ? "now" : left <= 30 ? "soon" : "calm";
  return (
    <p className={small ? classes.small : classes.countdown} data-urgency={urgency}>
      <strong className={classes.figure}>{t("countdown.days", { count: Math.max(left, 0) })}</strong>
      <span className={classes.words}>
        {left < 0 ? t("countdown.over", { of, day: written(day) }) : t("countdown.until", { of, day: written(day) })}
      </span>
    </p>
  );
}
