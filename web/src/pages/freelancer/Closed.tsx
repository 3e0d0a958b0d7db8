import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/design/States";

/** Projects, to whoever has no verified profile yet: why they are closed, and what opens them. */
export function Closed() {
  const { t } = useTranslation("projects");
  return (
    <Empty
      title={t("closed.title")}
      action={
        <Button component={Link} to="/">
          {t("closed.go")}
        </Button>
      }
    >
      <p>{t("closed.what")}</p>
    </Empty>
  );
}
