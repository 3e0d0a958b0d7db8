import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Page, Section } from "@/design/Page";
import { Refusal } from "@/design/Notice";
import { Facts } from "@/design/Tag";
import { signOutEverywhere, useSession } from "@/session/session";

export default function Account() {
  const { t } = useTranslation("account");
  const { email, name } = useSession();
  const navigate = useNavigate();
  const everywhere = useMutation({ mutationFn: signOutEverywhere, onSuccess: () => navigate("/") });
  return (
    <Page title={t("own.title")} width="narrow">
      <Section title={t("own.identity")}>
        <Facts
          items={[
            [t("email"), email],
            [t("name"), name],
          ]}
        />
        <p>
          <Button component={Link} to="/forgot-password" variant="default">
            {t("own.password")}
          </Button>
        </p>
      </Section>
      <Section title={t("own.sessions")} hint={t("own.sessions_what")}>
        <Refusal error={everywhere.error} />
        <Button variant="default" onClick={() => everywhere.mutate()} loading={everywhere.isPending}>
          {t("own.everywhere")}
        </Button>
      </Section>
    </Page>
  );
}
