import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";

/** A decision was taken from here: what is left to do, and where it is followed. `answer`: somebody reported it, and is
 * still to be answered. */
export function MeasureTaken({ measureId, answer }: { measureId: string; answer: boolean }) {
  const { t } = useTranslation("adminModeration");
  return (
    <Notice tone="good" title={t("taken.title")}>
      {answer && <p>{t("taken.what")}</p>}
      <p>
        <Link to={`/admin/measures/${measureId}`}>{t("taken.see")}</Link>
      </p>
    </Notice>
  );
}
