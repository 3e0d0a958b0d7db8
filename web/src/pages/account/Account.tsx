import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Page, Section } from "@/design/Page";
import { Facts } from "@/design/Tag";
import { useSession } from "@/session/session";
import { Emails } from "./Emails";
import { Erase } from "./Erase";
import { erasureQuery } from "./erasure";
import { Everywhere } from "./Everywhere";
import { Export } from "./Export";
import { preferencesQuery } from "./preferences";

/** One's own account: who one is here, which e-mails come, what one takes along, and how one leaves. */
export default function Account() {
  const { t } = useTranslation("account");
  const { email, name, role } = useSession();
  const { hash } = useLocation();
  const { isFetched } = useQuery(preferencesQuery);
  // A link to a part of this page is followed once what stands above it has its height.
  useEffect(() => {
    if (hash && isFetched) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash, isFetched]);
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
