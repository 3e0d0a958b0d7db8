import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import lists from "../Lists.module.css";

interface Props {
  /** Under which name the reason is kept while it is written. */
  name: string;
  title: string;
  what: string;
  most: number;
  /** Why it cannot be published yet. */
  notYet: string | null;
  send: (reason: string) => Promise<unknown>;
  reload: () => void;
}

/** Puts in force what was prepared, with the reason for it. */
export function Publish({ name, title, what, most, notYet, send, reload }: Props) {
  const { t } = useTranslation("reference");
  const reason = useDraft(`${name}/reason`, "");
  const publish = useMutation({ mutationFn: () => send(reason.value.trim()), onSuccess: reason.clear });
  return (
    <Section title={title} hint={what} id="publish">
      <form
        className={lists.form}
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate();
        }}
      >
        <Textarea
          id="publish-reason"
          label={t("shared.reason")}
          description={t("shared.reason_hint")}
          value={reason.value}
          onChange={(event) => reason.set(event.currentTarget.value)}
          error={isProblem(publish.error) ? publish.error.at("/reason") : undefined}
          maxLength={most}
          rows={3}
          required
          withAsterisk={false}
        />
        <Refusal
          error={publish.error}
          fields={["/reason"]}
          reload={() => {
            publish.reset();
            reload();
          }}
        />
        {notYet && <p className={lists.calm}>{notYet}</p>}
        <div>
          <Button type="submit" loading={publish.isPending} disabled={notYet !== null}>
            {t("shared.publish")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
