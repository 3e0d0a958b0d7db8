import { Button, Checkbox, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { Loaded } from "@/design/States";
import { useFormats } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { type Conversation } from "./conversations";
import { Clauses, termsQuery, type Terms } from "./terms";
import { useAct } from "./useAct";
import { OtherRefusal } from "./WrittenText";

const mustAccept = (error: unknown) => isProblem(error) && error.code === "terms_not_accepted";

/** What follows when both agree to say who they are, before one does. A freelancer accepts the confidentiality terms
 * first. */
export function RevealDialog({ conversation, opened, close }: { conversation: Conversation; opened: boolean; close: () => void }) {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  return (
    <Modal opened={opened} onClose={close} title={t("reveal.title")} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
      <Consequences conversation={conversation} close={close} />
    </Modal>
  );
}

function Consequences({ conversation, close }: { conversation: Conversation; close: () => void }) {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const [accepted, setAccepted] = useState(false);
  const { side } = conversation;
  const path = { project_id: conversation.project_id };
  const terms = useQuery({ ...termsQuery(conversation.project_id), enabled: side === "freelancer" });
  const toAccept = side === "freelancer" && !terms.data?.in_force;
  const agree = useAct({
    conversation,
    send: async () => {
      if (toAccept && terms.data) {
        await ask(api.POST("/projects/{project_id}/confidentiality", { params: { path }, body: { version: terms.data.version } }));
      }
      return ask(
        api.POST("/conversations/{conversation_id}/reveal", {
          params: { path: { conversation_id: conversation.conversation_id } },
        }),
      );
    },
    said: (now) => t(now.reveal.since ? "reveal.done" : "reveal.asked"),
    done: close,
    keeps: mustAccept,
  });
  const theirs = conversation.reveal.theirs_at !== null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        agree.mutate(undefined, { onError: (error) => void (mustAccept(error) && terms.refetch()) });
      }}
    >
      <p className={classes.calm}>{t("reveal.then")}</p>
      <dl className={classes.exchange}>
        <div>
          <dt>{t("reveal.you_read")}</dt>
          <dd>{t(`reveal.${side}.you`)}</dd>
        </div>
        <div>
          <dt>{t("reveal.they_read")}</dt>
          <dd>{t(`reveal.${side}.they`)}</dd>
        </div>
      </dl>
      <ul className={classes.consequences}>
        <li>{t("reveal.files")}</li>
        <li>{t(`reveal.${side}.bound`)}</li>
        <li>{t("reveal.no_engagement")}</li>
      </ul>
      <Notice tone="warning">
        <p>{t(theirs ? "reveal.at_once" : "reveal.until_then")}</p>
      </Notice>
      {side === "freelancer" && (
        <Loaded query={terms}>
          {(read) => <Acceptance read={read} accepted={accepted} onAccept={setAccepted} />}
        </Loaded>
      )}
      {mustAccept(agree.error) && isProblem(agree.error) && <Notice tone="danger" live title={agree.error.message} />}
      <OtherRefusal error={agree.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={agree.isPending} disabled={toAccept && !accepted}>
          {t(theirs ? "reveal.agree_now" : "reveal.agree")}
        </Button>
        <Button variant="default" onClick={close}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}

function Acceptance({ read, accepted, onAccept }: { read: Terms; accepted: boolean; onAccept: (now: boolean) => void }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  return (
    <div>
      <details className={classes.fold} open={!read.in_force}>
        <summary>{t("reveal.terms")}</summary>
        <Clauses clauses={read.clauses} />
      </details>
      {read.in_force && read.accepted && <p className={classes.calm}>{t("reveal.accepted", { day: day(read.accepted.accepted_at) })}</p>}
      {!read.in_force && read.accepted && <p className={classes.calm}>{t("reveal.terms_changed", { day: day(read.accepted.accepted_at) })}</p>}
      {!read.in_force && (
        <Checkbox
          mt="sm"
          checked={accepted}
          onChange={(event) => onAccept(event.currentTarget.checked)}
          label={t("reveal.accept")}
          description={t("reveal.accept_hint")}
        />
      )}
    </div>
  );
}
