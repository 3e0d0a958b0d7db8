import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { signOutEverywhere } from "@/session/session";

/** Ends every session of the account, once that was said twice. */
export function Everywhere() {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const everywhere = useMutation({
    mutationFn: signOutEverywhere,
    onSuccess: () => {
      cache.clear();
      void navigate("/");
    },
  });
  return (
    <Section title={t("own.sessions")} hint={t("own.sessions_what")}>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("own.everywhere")}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t("own.everywhere_sure")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <p>{t("own.everywhere_what")}</p>
        <Refusal error={everywhere.error} />
        <p>
          <Button onClick={() => everywhere.mutate()} loading={everywhere.isPending} data-autofocus>
            {t("own.everywhere")}
          </Button>{" "}
          <Button variant="subtle" onClick={() => setOpen(false)}>
            {common("cancel")}
          </Button>
        </p>
      </Modal>
    </Section>
  );
}
