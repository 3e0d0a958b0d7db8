import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { begunDraft, useDraft } from "@/design/useDraft";
import classes from "./Conversation.module.css";
import { type Conversation } from "./conversations";
import { asSent } from "./passages";
import { useAct } from "./useAct";
import { OtherRefusal, WrittenText } from "./WrittenText";

export type Question = "why_this_story" | "closest_work" | "how_to_work";

interface Draft {
  word: string;
  answers: Partial<Record<Question, string>>;
}

const draftOf = (projectId: string) => `interest/${projectId}`;

/** Whether the reader has begun to write to that project: their yes then goes with what they finish, not without it. */
export function hasBegunToWrite(projectId: string): boolean {
  const begun = begunDraft<Draft>(draftOf(projectId));
  return begun !== null && [begun.word, ...Object.values(begun.answers)].some((text) => asSent(text));
}

/** A freelancer's yes, with as many words as they like; and their no, which costs nothing. What is being written for a
 * project is the same on its own screen and on its conversation's. */
export function InterestForm({ conversation, questions, mayDecline }: {
  /** The one about it, or the project alone where there is none yet. */
  conversation: Pick<Conversation, "project_id"> & Partial<Pick<Conversation, "conversation_id">>;
  questions: readonly { id: Question; label: string }[];
  mayDecline: boolean;
}) {
  const { t } = useTranslation("conversation");
  const draft = useDraft<Draft>(draftOf(conversation.project_id), { word: "", answers: {} });
  const path = { project_id: conversation.project_id };
  const given = questions
    .map(({ id }) => ({ question: id, text: asSent(draft.value.answers[id] ?? "") }))
    .filter((one) => one.text);
  const show = useAct<Draft>({
    conversation,
    send: ({ word }) =>
      ask(
        api.POST("/projects/{project_id}/interest", {
          params: { path },
          body: { text: asSent(word) || null, answers: given },
        }),
      ),
    said: () => t("interest.sent"),
    sent: draft.sent,
  });
  const decline = useAct({
    conversation,
    send: () => ask(api.POST("/projects/{project_id}/decline", { params: { path } })),
    said: () => t("decline.done"),
  });
  const pointerOf = (id: Question) => `/answers/${given.findIndex((one) => one.question === id)}/text`;
  // Where somebody had begun to answer, they find it open; it does not close under their hands.
  const [begun] = useState(() => Object.values(draft.value.answers).some(Boolean));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        show.mutate(draft.value);
      }}
    >
      <p className={classes.calm}>{t("interest.what")}</p>
      <WrittenText
        id="interest-word"
        label={t("interest.word")}
        value={draft.value.word}
        onChange={(word) => draft.set((now) => ({ ...now, word }))}
        error={show.error}
        rows={3}
      />
      <details className={classes.fold} open={begun}>
        <summary>{t("interest.questions")}</summary>
        <div className={classes.folded}>
          <p className={classes.calm}>{t("interest.questions_hint")}</p>
          {questions.map(({ id, label }) => (
            <WrittenText
              key={id}
              id={`interest-${id}`}
              label={label}
              value={draft.value.answers[id] ?? ""}
              onChange={(text) => draft.set((now) => ({ ...now, answers: { ...now.answers, [id]: text } }))}
              error={show.error}
              pointer={pointerOf(id)}
              rows={3}
            />
          ))}
        </div>
      </details>
      <OtherRefusal error={show.error} fields={isProblem(show.error) ? show.error.errors.map((one) => one.pointer) : []} />
      <OtherRefusal error={decline.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={show.isPending}>
          {t("interest.send")}
        </Button>
        {mayDecline && (
          <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
            {t("decline.do")}
          </Button>
        )}
      </div>
      {mayDecline && <p className={classes.calm}>{t("decline.what")}</p>}
    </form>
  );
}
