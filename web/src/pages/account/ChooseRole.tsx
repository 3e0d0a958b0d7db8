import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Elsewhere } from "@/app/Elsewhere";
import { api, ask } from "@/api/client";
import { Page, Section } from "@/design/Page";
import { Refusal } from "@/design/Notice";
import { renew, useSession } from "@/session/session";
import classes from "./Form.module.css";
import { SideChoice, type Side } from "./SideChoice";

export default function ChooseRole() {
  const { t } = useTranslation("account");
  const { role } = useSession();
  const [side, setSide] = useState<Side | "">("");
  const choose = useMutation({
    mutationFn: async (chosen: Side) => {
      await ask(api.POST("/me/role", { body: { role: chosen } }));
      await renew();
    },
  });
  if (role) return <Elsewhere to="/" />;
  return (
    <Page title={t("role.title")} lead={t("role.lead")} width="narrow">
      <Section>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (side) choose.mutate(side);
          }}
        >
          <SideChoice value={side} onChange={setSide} />
          <Refusal error={choose.error} />
          <div>
            <Button type="submit" loading={choose.isPending}>
              {t("role.choose")}
            </Button>
          </div>
        </form>
      </Section>
    </Page>
  );
}
