import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { forwardRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { type Conversation, type Message } from "./conversations";
import { asSent } from "./passages";
import { WrittenText } from "./WrittenText";

type Reason = Shape<"ConversationReportInput">["reason"];

const REASONS = [
  "contact_outside",
  "identity_sought",
  "discrimination",
  "harassment",
  "unpaid_work",
  "fraud",
  "other",
] as const satisfies readonly Reason[];
const EXCERPT = 40;

interface Props {
  conversation: Conversation;
  messages: readonly Message[];
  opened: boolean;
  onOpen: () => void;
  /** The message that is reported; without, the whole. */
  target: string;
  onTarget: (messageId: string) => void;
}

/** Asks the team to look at a conversation or at one of the other side's messages. The ref is the choice of which. */
export const Report = forwardRef<HTMLSelectElement, Props>(function Report(
  { conversation, messages, opened, onOpen, target, onTarget },
  choice,
) {
  const { t } = useTranslation("conversation");
  const { moment } = useFormats();
  const draft = useDraft<{ reason: Reason | ""; text: string }>(`report/${conversation.conversation_id}`, { reason: "", text: "" });
  const once = useOnce();
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: (written: { reason: Reason; text: string }) => {
      const body: Shape<"ConversationReportInput"> = {
        reason: written.reason,
        message_id: target || null,
        text: asSent(written.text) || null,
      };
      return ask(
        api.POST("/conversations/{conversation_id}/reports", {
          params: {
            path: { conversation_id: conversation.conversation_id },
            header: { "Idempotency-Key": once.keyFor(body) },
          },
          body,
        }),
      );
    },
    onSuccess: (_, written) => {
      once.done();
      draft.sent(written);
      return cache.invalidateQueries({ queryKey: ["reports"] });
    },
  });
  return (
    <Section title={t("report.title")}>
      {send.data && (
        <Notice tone="good" live title={t("report.sent", { when: moment(send.data.due_at) })}>
          <Link to="/reports">{t("report.mine")}</Link>
        </Notice>
      )}
      {!opened && (
        <Button variant="default" onClick={onOpen}>
          {t("report.open")}
        </Button>
      )}
      {opened && !send.data && (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            const { reason, text } = draft.value;
            if (reason !== "") send.mutate({ reason, text });
          }}
        >
          <p className={classes.calm}>{t("report.what")}</p>
          <NativeSelect
            ref={choice}
            id="report-target"
            label={t("report.target")}
            value={target}
            onChange={(event) => onTarget(event.currentTarget.value)}
            data={[
              { value: "", label: t("report.whole") },
              ...messages
                .filter((one) => !one.mine)
                .map((one) => ({
                  value: one.message_id,
                  label: `${moment(one.sent_at)} · ${(one.text || one.attachment?.name || t("report.file")).slice(0, EXCERPT)}`,
                })),
            ]}
          />
          <NativeSelect
            id="report-reason"
            label={t("report.reason")}
            value={draft.value.reason}
            onChange={(event) => draft.set((now) => ({ ...now, reason: event.target.value as Reason }))}
            data={[{ value: "", label: t("choose") }, ...REASONS.map((id) => ({ value: id, label: t(`report.reasons.${id}`) }))]}
            error={isProblem(send.error) ? send.error.at("/reason") : undefined}
            required
            withAsterisk={false}
          />
          <WrittenText
            id="report-text"
            label={t("report.text")}
            value={draft.value.text}
            onChange={(text) => draft.set((now) => ({ ...now, text }))}
            error={send.error}
            rows={3}
            most={2000}
          />
          <Refusal error={send.error} fields={["/text", "/reason"]} />
          <div className={classes.buttons}>
            <Button type="submit" loading={send.isPending}>
              {t("report.send")}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
});
