import { useTranslation } from "react-i18next";
import { useFormats } from "@/i18n/format";
import type { Period } from "./availability";

/** « du 3 mars 2027 au 30 avril 2027 » */
export function usePeriodWords() {
  const { t } = useTranslation("profile");
  const { day } = useFormats();
  return ({ from, until }: Period) =>
    until === null
      ? t("period.from", { from: day(from) })
      : from === until
        ? t("period.day", { day: day(from) })
        : t("period.between", { from: day(from), until: day(until) });
}
