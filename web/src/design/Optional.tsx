import { useTranslation } from "react-i18next";

/** What a field is called that may be left empty. */
export function Optional({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <>
      {label} <small>({t("optional")})</small>
    </>
  );
}
