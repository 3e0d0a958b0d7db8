import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { useDraft } from "@/design/useDraft";
import classes from "./verification.module.css";

const LONGEST = 4000;

/** A text that somebody who decides will read. It is kept on the device until it was sent. */
export function WrittenForm<T>({ name, label, hint, button, least = 1, send, onSent, reload }: {
  /** Of the draft: one for each thing that is answered. */
  name: string;
  label: string;
  hint: ReactNode;
  button: string;
  least?: number;
  send: (text: string, key: string) => Promise<T>;
  onSent: (answer: T) => void;
  /** Shows how things stand, where they have changed meanwhile. */
  reload: () => void;
}) {
  const { t } = useTranslation("verification");
  const draft = useDraft(name, "");
  const once = useOnce();
  const [short, setShort] = useState(false);
  const text = draft.value.trim();
  const sent = useMutation({
    mutationFn: (written: string) => send(written.trim(), once.keyFor([name, written.trim()])),
    onSuccess: (answer, written) => {
      once.done();
      draft.sent(written);
      onSent(answer);
    },
  });
  const said = isProblem(sent.error) ? sent.error.at("/text") : undefined;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShort(text.length < least);
        if (text.length >= least) sent.mutate(draft.value);
        else event.currentTarget.querySelector("textarea")?.focus();
      }}
    >
      <Textarea
        id={name}
        label={label}
        description={hint}
        value={draft.value}
        onChange={(event) => draft.set(event.currentTarget.value)}
        error={short && text.length < least ? t("too_short", { count: least }) : said}
        maxLength={LONGEST}
        autosize
        minRows={4}
        required
        withAsterisk={false}
      />
      <Refusal error={sent.error} fields={["/text"]} reload={reload} />
      <div>
        <Button type="submit" loading={sent.isPending}>
          {button}
        </Button>
      </div>
    </form>
  );
}
