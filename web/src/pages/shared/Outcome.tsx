import { Button, NativeSelect, Radio } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { NO, useSentences, type Negative } from "./AnswerForm";
import classes from "./Conversation.module.css";
import { type Conversation } from "./conversations";
import { Matter, Opened } from "./Matter";
import { asSent } from "./passages";
import { useAct } from "./useAct";
import { OtherRefusal, WrittenText } from "./WrittenText";

interface Props {
  conversation: Conversation;
}

type Given = Partial<Shape<"OutcomeInput">> & Pick<Shape<"OutcomeInput">, "outcome">;

const sendOutcome = (conversation: Conversation, given: Given) =>
  ask(
    api.POST("/conversations/{conversation_id}/outcome", {
      params: { path: { conversation_id: conversation.conversation_id } },
      body: { reason: "closer_experience", break_reason: "other", text: null, ...given },
    }),
  );

function useOutcome(conversation: Conversation, said: (now: Conversation) => string) {
  return useAct<Given>({ conversation, send: (given) => sendOutcome(conversation, given), said });
}

/** What it comes to: an engagement that both confirm, nothing, or a mission that breaks off. */
export function Engagement({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const worded = useBilingual();
  const { may, engagement, side } = conversation;
  const confirm = useOutcome(conversation, (now) => t(now.engagement.since ? "outcome.engaged_now" : "outcome.confirmed"));
  const withdraw = useOutcome(conversation, () => t("outcome.withdrawn"));
  const canConfirm = may.includes("confirm_engagement");
  const canWithdraw = may.includes("withdraw_engagement");
  if (!engagement.since && !canConfirm && !canWithdraw) return null;
  const theirs = !engagement.since && engagement.theirs_at !== null;
  return (
    <Matter title={t("outcome.title")} pressing={theirs && canConfirm}>
      {engagement.since && <p>{t("outcome.since", { day: day(engagement.since) })}</p>}
      {!engagement.since && engagement.mine_at && <p>{t("outcome.mine", { day: day(engagement.mine_at) })}</p>}
      {theirs && engagement.theirs_at && (
        <p>
          <strong>{t("outcome.theirs", { name: worded(conversation.opposite), day: day(engagement.theirs_at) })}</strong>
        </p>
      )}
      {canConfirm && <p className={classes.calm}>{t("outcome.what")}</p>}
      <OtherRefusal error={confirm.error ?? withdraw.error} />
      <div className={classes.buttons}>
        {canConfirm && (
          <Button loading={confirm.isPending} onClick={() => confirm.mutate({ outcome: "engaged" })}>
            {t("outcome.confirm")}
          </Button>
        )}
        {canWithdraw && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ outcome: "engagement_withdrawn" })}>
            {t("outcome.withdraw")}
          </Button>
        )}
      </div>
      {side === "producer" && may.includes("answer") && conversation.reveal.since && (
        <Opened label={t("outcome.none")}>{() => <Nothing conversation={conversation} />}</Opened>
      )}
      {may.includes("break_mission") && <Opened label={t("outcome.break")}>{() => <Breaking conversation={conversation} />}</Opened>}
    </Matter>
  );
}

/** It comes to nothing after the reveal: the production says so, with its reason. */
function Nothing({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  type Draft = { outcome: "continued_with_another" | "not_engaged" | ""; reason: Negative; text: string | null };
  const draft = useDraft<Draft>(`outcome/${conversation.conversation_id}`, { outcome: "", reason: "other_dates", text: null });
  const { outcome, reason, text } = draft.value;
  const sentence = useSentences(conversation.project_id)(outcome === "continued_with_another" ? "another_profile" : reason);
  const send = useAct<Draft>({
    conversation,
    send: ({ outcome: how, reason: why, text: words }) => {
      if (!how) throw new Error("nothing is sent without an outcome");
      const own = asSent(words ?? "");
      return sendOutcome(conversation, { outcome: how, reason: why, text: own && own !== asSent(sentence) ? own : null });
    },
    said: () => t("outcome.none_sent"),
    sent: draft.sent,
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome) send.mutate(draft.value);
      }}
    >
      <p className={classes.calm}>{t("outcome.none_what")}</p>
      <Radio.Group
        name="outcome"
        label={t("outcome.none_how")}
        value={outcome}
        onChange={(chosen) => draft.set((now) => ({ ...now, outcome: chosen as Draft["outcome"] }))}
        required
        withAsterisk={false}
      >
        <div className={classes.choices}>
          <Radio value="continued_with_another" label={t("outcome.continued_with_another")} required />
          <Radio value="not_engaged" label={t("outcome.not_engaged")} required />
        </div>
      </Radio.Group>
      {outcome === "not_engaged" && (
        <NativeSelect
          id="outcome-reason"
          label={t("answer.reason")}
          value={reason}
          onChange={(event) => draft.set((now) => ({ ...now, reason: event.target.value as Negative }))}
          data={NO.filter((id) => id !== "another_profile").map((id) => ({ value: id, label: t(`answer.reasons.${id}`) }))}
        />
      )}
      {outcome && (
        <WrittenText
          id="outcome-text"
          label={t("answer.text")}
          hint={t(sentence ? "answer.text_proposed" : "answer.text_hint")}
          value={text ?? sentence}
          onChange={(words) => draft.set((now) => ({ ...now, text: words }))}
          error={send.error}
        />
      )}
      <OtherRefusal error={send.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending} disabled={!outcome}>
          {t("outcome.none_send")}
        </Button>
      </div>
    </form>
  );
}

const BREAKS = ["project_stopped", "dates", "disagreement", "personal", "other"] as const;

function Breaking({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  const [reason, setReason] = useState<(typeof BREAKS)[number] | "">("");
  const send = useOutcome(conversation, () => t("outcome.broken"));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason) send.mutate({ outcome: "broken", break_reason: reason });
      }}
    >
      <p className={classes.calm}>{t("outcome.break_what")}</p>
      <NativeSelect
        id="break-reason"
        label={t("outcome.break_reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value as typeof reason)}
        data={[{ value: "", label: t("choose") }, ...BREAKS.map((id) => ({ value: id, label: t(`outcome.break_reasons.${id}`) }))]}
        required
        withAsterisk={false}
      />
      <OtherRefusal error={send.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending}>
          {t("outcome.break_send")}
        </Button>
      </div>
    </form>
  );
}
