import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "@/design/Page";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("not_found.title")} lead={t("not_found.what")} width="narrow">
      <Button component={Link} to="/">
        {t("go_home")}
      </Button>
    </Page>
  );
}

/** A screen that is for others. */
export function NotOpen() {
  const { t } = useTranslation();
  return (
    <Page title={t("state.forbidden.title")} lead={t("state.forbidden.what")} width="narrow">
      <Button component={Link} to="/">
        {t("go_home")}
      </Button>
    </Page>
  );
}

/** Something went wrong in the page itself, or a part of it did not come. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <main id="main">
      <Page title={t("broken.title")} lead={t("broken.what")} width="narrow">
        <Button onClick={() => location.reload()}>{t("broken.reload")}</Button>
      </Page>
    </main>
  );
}
