import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";

export default function HowOrdered() {
  const { t } = useTranslation("landing");
  return <Page title={t("title")} />;
}
