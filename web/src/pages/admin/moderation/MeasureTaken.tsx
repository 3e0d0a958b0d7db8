import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";

/** A decision was taken from here: what is left to do, and where it is followed. */
export function MeasureTaken({ measureId }: { measureId: string }) {
  const { t } = useTranslation("adminModeration");
  return (
    <Notice tone="good" title={t("taken.title")}>
      <p>{t("taken.what")}</p>
      <p>
        <Link to={`/admin/measures/${measureId}`}>{t("taken.see")}</Link>
      </p>
    </Notice>
  );
}
