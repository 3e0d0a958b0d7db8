import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { type Conversation } from "./conversations";
import { Matter } from "./Matter";
import { RevealDialog } from "./RevealDialog";
import { useAct } from "./useAct";
import { OtherRefusal } from "./WrittenText";

/** Agreeing to say who one is, and taking it back while the other side has not agreed. */
export function Reveal({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const worded = useBilingual();
  const [opened, setOpened] = useState(false);
  const { may, reveal } = conversation;
  const withdraw = useAct({
    conversation,
    send: () =>
      ask(
        api.DELETE("/conversations/{conversation_id}/reveal", {
          params: { path: { conversation_id: conversation.conversation_id } },
        }),
      ),
    said: () => t("reveal.withdrawn"),
  });
  if (may.includes("withdraw_from_reveal") && reveal.mine_at) {
    return (
      <Matter title={t("reveal.title")}>
        <p>{t("reveal.mine", { day: day(reveal.mine_at) })}</p>
        <OtherRefusal error={withdraw.error} />
        <div className={classes.buttons}>
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("reveal.withdraw")}
          </Button>
        </div>
      </Matter>
    );
  }
  if (!may.includes("agree_to_reveal")) return null;
  const theirs = reveal.theirs_at;
  return (
    <Matter title={t("reveal.title")} pressing={theirs !== null}>
      <p>{theirs ? t("reveal.theirs", { name: worded(conversation.opposite), day: day(theirs) }) : t("reveal.not_yet")}</p>
      <div className={classes.buttons}>
        <Button variant={theirs ? "filled" : "default"} onClick={() => setOpened(true)}>
          {t(theirs ? "reveal.open_theirs" : "reveal.open")}
        </Button>
      </div>
      <RevealDialog conversation={conversation} opened={opened} close={() => setOpened(false)} />
    </Matter>
  );
}
