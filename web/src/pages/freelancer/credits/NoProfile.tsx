import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "@/design/Page";
import { Empty } from "@/design/States";

/** A credit belongs to a profile: whoever has none begins there. */
export function NoProfile() {
  const { t } = useTranslation("credits");
  return (
    <Page title={t("title")}>
      <Empty
        title={t("no_profile.title")}
        action={
          <Button component={Link} to="/profile">
            {t("no_profile.go")}
          </Button>
        }
      >
        <p>{t("no_profile.what")}</p>
      </Empty>
    </Page>
  );
}
