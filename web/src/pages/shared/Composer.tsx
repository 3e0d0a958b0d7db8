import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { useDraft } from "@/design/useDraft";
import { useBilingual } from "@/i18n/format";
import { conversationQuery, messagesQuery, type Conversation } from "./conversations";
import { asSent } from "./passages";
import classes from "./Talk.module.css";
import { cameTooLate, Tell } from "./useAct";
import { OtherRefusal, WrittenText } from "./WrittenText";

type Question = NonNullable<Shape<"MessageInput">["question"]>;

interface Draft {
  text: string;
  question: Question | null;
}

/** A message about the project, with one of the guided questions for whoever does not know how to begin. */
export function Composer({ conversation, empty, onSent }: { conversation: Conversation; empty: boolean; onSent: () => void }) {
  const { t } = useTranslation("conversation");
  const worded = useBilingual();
  const cache = useQueryClient();
  const tell = useContext(Tell);
  const once = useOnce();
  const id = useId();
  const draft = useDraft<Draft>(`message/${conversation.conversation_id}`, { text: "", question: null });
  const focus = () => document.getElementById(id)?.focus();
  const send = useMutation({
    mutationFn: ({ text, question }: Draft) => {
      const body: Shape<"MessageInput"> = { text: asSent(text), question };
      return ask(
        api.POST("/conversations/{conversation_id}/messages", {
          params: {
            path: { conversation_id: conversation.conversation_id },
            header: { "Idempotency-Key": once.keyFor(body) },
          },
          body,
        }),
      );
    },
    onSuccess: async (_, written) => {
      once.done();
      draft.sent(written);
      await Promise.all([
        cache.invalidateQueries({ queryKey: messagesQuery(conversation.conversation_id).queryKey }),
        cache.invalidateQueries({ queryKey: ["conversations"] }),
      ]);
      onSent();
      focus();
    },
    onError: async (error) => {
      if (!cameTooLate(error)) return;
      await cache.invalidateQueries({ queryKey: conversationQuery(conversation.conversation_id).queryKey });
      if (isProblem(error)) tell({ tone: "warning", title: error.message || t("changed.title"), text: t("changed.what") });
    },
  });
  const about = conversation.guided_questions.find((one) => one.id === draft.value.question);
  const hint = conversation.reveal.since ? undefined : t(`talk.hint_${conversation.side}`);
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(draft.value);
      }}
    >
      <details open={empty && !conversation.may.includes("show_interest")}>
        <summary>{t("talk.guided")}</summary>
        <p className={classes.hint}>{t(`talk.guided_${conversation.side}`)}</p>
        <ul className={classes.questions}>
          {conversation.guided_questions.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  draft.set((now) => ({ ...now, question: one.id as Question }));
                  focus();
                }}
              >
                {worded(one.labels)}
              </button>
            </li>
          ))}
        </ul>
      </details>
      {about && (
        <p className={classes.about}>
          {t("talk.about")} <em>{worded(about.labels)}</em>{" "}
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => {
              draft.set((now) => ({ ...now, question: null }));
              focus();
            }}
          >
            {t("talk.without")}
          </Button>
        </p>
      )}
      <WrittenText
        id={id}
        label={t("talk.yours")}
        hint={hint}
        value={draft.value.text}
        onChange={(text) => draft.set((now) => ({ ...now, text }))}
        error={send.error}
        required
      />
      <OtherRefusal error={send.error} />
      <div className={classes.send}>
        <Button type="submit" loading={send.isPending}>
          {t("talk.send")}
        </Button>
        {draft.kept && draft.value.text && <span className={classes.hint}>{t("talk.kept")}</span>}
      </div>
    </form>
  );
}
