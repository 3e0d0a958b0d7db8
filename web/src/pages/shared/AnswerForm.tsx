import { Button, NativeSelect, Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useDraft } from "@/design/useDraft";
import { useBilingual } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { answersQuery, type Conversation } from "./conversations";
import { asSent } from "./passages";
import { useAct } from "./useAct";
import { OtherRefusal, WrittenText } from "./WrittenText";

type Reason = Shape<"InterestAnswerInput">["reason"];

export const YES = ["story_shared", "experience_fits", "to_meet"] as const satisfies readonly Reason[];
export const NO = [
  "another_profile",
  "closer_experience",
  "other_dates",
  "other_budget",
  "other_working_mode",
  "project_changed",
  "project_stopped",
  "rights_lapsed",
] as const satisfies readonly Reason[];
export type Negative = (typeof NO)[number];

interface Draft {
  decision: "retained" | "not_retained" | "";
  reason: Reason | "";
  /** null: the sentence that goes with the reason. */
  text: string | null;
}

const NOTHING: Draft = { decision: "", reason: "", text: null };

/** What a project's answers say by themselves, by their reason. */
export function useSentences(projectId: string, enabled = true) {
  const worded = useBilingual();
  const { data } = useQuery({ ...answersQuery(projectId), enabled });
  return (reason: string) => {
    const found = data?.messages.find((one) => one.reason.id === reason);
    return found ? worded(found.message) : "";
  };
}

/** The production's answer to somebody interested: whether it goes on, why, in whose words. */
export function AnswerForm({ conversation, done }: { conversation: Conversation; done: () => void }) {
  const { t } = useTranslation("conversation");
  const draft = useDraft<Draft>(`answer/${conversation.conversation_id}`, NOTHING);
  const { decision, reason, text } = draft.value;
  const sentence = useSentences(conversation.project_id, decision === "not_retained")(reason);
  const send = useAct<Draft>({
    conversation,
    send: ({ decision: decided, reason: why, text: words }) => {
      if (!decided || !why) throw new Error("nothing is sent without a reason");
      const own = asSent(words ?? "");
      return ask(
        api.POST("/conversations/{conversation_id}/answer", {
          params: { path: { conversation_id: conversation.conversation_id } },
          body: { decision: decided, reason: why, text: own && own !== asSent(sentence) ? own : null },
        }),
      );
    },
    said: () => t("answer.sent"),
    sent: draft.sent,
  });
  const reasons = decision === "retained" ? YES : NO;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(draft.value, { onSuccess: done });
      }}
    >
      <p className={classes.calm}>{t("answer.what")}</p>
      <Radio.Group
        name="decision"
        label={t("answer.decision")}
        value={decision}
        onChange={(chosen) => draft.set({ ...NOTHING, decision: chosen as Draft["decision"], text: text && draft.value.decision ? text : null })}
        required
        withAsterisk={false}
      >
        <div className={classes.choices}>
          <Radio value="retained" label={t("answer.retained")} description={t("answer.retained_hint")} required />
          <Radio value="not_retained" label={t("answer.not_retained")} description={t("answer.not_retained_hint")} required />
        </div>
      </Radio.Group>
      {decision && (
        <>
          <NativeSelect
            id="answer-reason"
            label={t("answer.reason")}
            value={reason}
            onChange={(event) => draft.set((now) => ({ ...now, reason: event.target.value as Reason }))}
            data={[{ value: "", label: t("choose") }, ...reasons.map((id) => ({ value: id, label: t(`answer.reasons.${id}`) }))]}
            error={isProblem(send.error) ? send.error.at("/reason") : undefined}
            required
            withAsterisk={false}
          />
          <WrittenText
            id="answer-text"
            label={t("answer.text")}
            hint={t(sentence ? "answer.text_proposed" : "answer.text_hint")}
            value={text ?? sentence}
            onChange={(words) => draft.set((now) => ({ ...now, text: words }))}
            error={send.error}
          />
        </>
      )}
      <OtherRefusal error={send.error} fields={["/text", "/reason"]} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending} disabled={!decision}>
          {t("answer.send")}
        </Button>
      </div>
    </form>
  );
}
