import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { language } from "@/i18n";
import { useSession } from "@/session/session";
import { heldQuery } from "./company";

/** Somebody whom a company invited joins it: what counts is the address of their own account. */
export default function JoinCompany() {
  const { t } = useTranslation("company");
  const { email } = useSession();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const join = useMutation({
    mutationFn: () => ask(api.POST("/companies/join", { body: { contact_language: language() } })),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: heldQuery.queryKey });
      void navigate("/company");
    },
  });
  const status = isProblem(join.error) ? join.error.status : null;
  return (
    <Page title={t("join.title")} lead={t("join.lead")} width="narrow">
      <Section>
        <p>{t("join.as", { email: email ?? "" })}</p>
        {status === 404 && (
          <Notice tone="warning" live title={t("join.none")}>
            <p>{t("join.none_what")}</p>
            <p>
              <Link to="/company">{t("join.introduce")}</Link>
            </p>
          </Notice>
        )}
        {status === 409 && (
          <Notice tone="warning" live title={t("join.already")}>
            <p>
              <Link to="/company">{t("join.see")}</Link>
            </p>
          </Notice>
        )}
        {status !== 404 && status !== 409 && <Refusal error={join.error} />}
        <Button loading={join.isPending} onClick={() => join.mutate()}>
          {t("join.button")}
        </Button>
      </Section>
    </Page>
  );
}
