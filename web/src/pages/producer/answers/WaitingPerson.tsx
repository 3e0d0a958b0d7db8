import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "@/api/client";
import { useBilingual, useFormats } from "@/i18n/format";
import { NO, type Negative } from "@/pages/shared/AnswerForm";
import classes from "./Answers.module.css";
import { late, type Prepared, type Waiting } from "./answers";
import { asSent } from "@/pages/shared/passages";
import { OtherRefusal, WrittenText } from "@/pages/shared/WrittenText";

/** Somebody who waits: what they will read, now or when the project ends. `error`, `pointer`: what the end of the project
 * was refused with, and where this person's text is in it. */
export function WaitingPerson({ one, written, sentence, onWrite, onAnswered, onTooLate, error, pointer }: {
  one: Waiting;
  written: Prepared;
  sentence: (reason: string) => string;
  onWrite: (now: Prepared) => void;
  onAnswered: () => void;
  onTooLate: (error: unknown) => void;
  error: unknown;
  pointer: string;
}) {
  const { t } = useTranslation("answers");
  const { t: said } = useTranslation("conversation");
  const { day } = useFormats();
  const worded = useBilingual();
  const [unreasoned, setUnreasoned] = useState(false);
  const { conversation } = one;
  const id = conversation.conversation_id;
  const name = worded(conversation.opposite);
  const proposed = sentence(written.reason);
  const answer = useMutation({
    mutationFn: (reason: Negative) => {
      const own = asSent(written.text ?? "");
      return ask(
        api.POST("/conversations/{conversation_id}/answer", {
          params: { path: { conversation_id: id } },
          body: { decision: "not_retained", reason, text: own && own !== asSent(proposed) ? own : null },
        }),
      );
    },
    onSuccess: onAnswered,
    onError: onTooLate,
  });
  const due = conversation.answer_due_at;
  const isLate = late([one]).length > 0;
  // Of the two ways to send it, what was refused last.
  const refused = answer.error ? { error: answer.error, pointer: "/text" } : { error, pointer };
  return (
    <li className={classes.person}>
      <div className={classes.who}>
        <h3>{name}</h3>
        {conversation.answer ? (
          <p className={classes.calm}>{t("answered")}</p>
        ) : (
          due && <p className={isLate ? classes.late : classes.calm}>{t(isLate ? "due_late" : "due", { day: day(due) })}</p>
        )}
        <Link to={`/conversations/${id}`}>{t("see", { name })}</Link>
      </div>
      <div className={classes.words}>
        <NativeSelect
          id={`reason-${id}`}
          label={t("reason", { name })}
          value={written.reason}
          onChange={(event) => {
            setUnreasoned(false);
            onWrite({ ...written, reason: event.target.value as Negative | "" });
          }}
          data={[{ value: "", label: t("reason_default") }, ...NO.map((reason) => ({ value: reason, label: said(`answer.reasons.${reason}`) }))]}
          error={unreasoned ? t("needs_reason") : undefined}
        />
        <WrittenText
          id={`text-${id}`}
          label={t("text", { name })}
          hint={written.reason ? said("answer.text_proposed") : t("text_default")}
          value={written.text ?? proposed}
          onChange={(text) => onWrite({ ...written, text })}
          error={refused.error}
          pointer={refused.pointer}
          rows={3}
        />
        <OtherRefusal error={answer.error} />
        <div>
          <Button
            variant="default"
            aria-label={t("send_one_to", { name })}
            loading={answer.isPending}
            onClick={() => {
              if (written.reason) return answer.mutate(written.reason);
              setUnreasoned(true);
              document.getElementById(`reason-${id}`)?.focus();
            }}
          >
            {t("send_one")}
          </Button>
        </div>
      </div>
    </li>
  );
}
