import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./verification.module.css";

/** By when one hears from us. */
export function Clock({ clock, large = false }: { clock: Shape<"ClockShape">; large?: boolean }) {
  const { t } = useTranslation("verification");
  const { moment } = useFormats();
  const both = useBilingual();
  return (
    <p className={clock.seconds_left < 0 ? classes.late : undefined}>
      <span className={large ? classes.clock : undefined}>{both(clock.words)}</span>{" "}
      <span className={classes.soft}>{t("answer_by", { moment: moment(clock.due_at) })}</span>
    </p>
  );
}
