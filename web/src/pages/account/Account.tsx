import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useHash } from "@/app/useHash";
import { Page, Section } from "@/design/Page";
import { Facts } from "@/design/Tag";
import { useSession } from "@/session/session";
import { Emails } from "./Emails";
import { Erase } from "./Erase";
import { erasureQuery } from "./erasure";
import { Everywhere } from "./Everywhere";
import { Export } from "./Export";

/** One's own account: who one is here, which e-mails come, what one takes along, and how one leaves. */
export default function Account() {
  const { t } = useTranslation("account");
  const { email, name, role } = useSession();
  useHash();
  // Nothing else is left to decide on an account that is going.
  const { data: erasure } = useQuery(erasureQuery);
  if (erasure) {
    return (
      <Page title={t("own.title")} width="narrow">
        <Erase />
      </Page>
    );
  }
  return (
    <Page title={t("own.title")} width="narrow">
      <Section title={t("own.identity")}>
        <Facts
          items={[
            [t("email"), email],
            [t("name"), name],
            [t("sign_up.side"), role && t(`own.side.${role}`)],
          ]}
        />
        <Button component={Link} to="/forgot-password" variant="default" mt="lg">
          {t("own.password")}
        </Button>
      </Section>
      <Emails />
      <Everywhere />
      <Export />
      <Erase />
    </Page>
  );
}
