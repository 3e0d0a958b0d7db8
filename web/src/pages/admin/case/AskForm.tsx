import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useContext, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import type { Case } from "../cases";
import { useShortcuts } from "../useShortcuts";
import classes from "./Case.module.css";
import { questionOf, QUESTIONS, type QuestionModel } from "./letters";
import { Tell, unsaid, useCaseAct } from "./useCaseAct";
import { isControlEnter } from "./useControlEnter";

const LONGEST = 4_000;

/** A question to whoever the case is about; the clock stops until they answer. */
export function AskForm({ found, lost }: { found: Case; lost: boolean }) {
  const { t } = useTranslation("review");
  const tell = useContext(Tell);
  const once = useOnce();
  const draft = useDraft(`question-${found.case_id}`, "");
  const fold = useRef<HTMLDetailsElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const body = { lease_token: found.lease?.token ?? "", text: draft.value.trim() };
  const sent = useCaseAct({
    found,
    writes: true,
    send: () =>
      askVersion(
        api.POST("/verification/cases/{case_id}/request-information", {
          params: { path: { case_id: found.case_id }, header: { "Idempotency-Key": once.keyFor(body) } },
          body,
        }),
      ),
    said: () => t("done.asked"),
    done: () => {
      once.done();
      draft.clear();
    },
  });
  useShortcuts({
    q: () => {
      if (fold.current) fold.current.open = true;
      field.current?.focus();
    },
  });
  return (
    <Section>
      <details ref={fold} className={classes.fold} open={draft.kept || undefined}>
        <summary>
          <h2>{t("ask.title")}</h2>
        </summary>
        <form
          className={classes.form}
          noValidate
          onKeyDown={(event) => {
            if (!isControlEnter(event) || event.repeat) return;
            event.preventDefault();
            event.currentTarget.requestSubmit();
          }}
          onSubmit={(event) => {
            event.preventDefault();
            if (lost) tell({ tone: "warning", title: t("hold.lost") });
            else if (body.text && !sent.isPending) sent.mutate();
            else field.current?.focus();
          }}
        >
          <p className={classes.soft}>{t("ask.hint")}</p>
          <NativeSelect
            label={t("ask.model")}
            value=""
            onChange={(event) => {
              const model = event.currentTarget.value as QuestionModel;
              draft.set((before) => [before.trim(), questionOf(model, found.language)].filter(Boolean).join("\n\n"));
              field.current?.focus();
            }}
            data={[
              { value: "", label: t("ask.none") },
              ...QUESTIONS.map((one) => ({ value: one, label: t(`ask.models.${one}`) })),
            ]}
          />
          <Textarea
            ref={field}
            id="question"
            label={t("ask.text")}
            lang={found.language}
            value={draft.value}
            onChange={(event) => draft.set(event.currentTarget.value)}
            error={isProblem(sent.error) ? sent.error.at("/text") : undefined}
            maxLength={LONGEST}
            rows={5}
            required
            withAsterisk={false}
          />
          <Refusal error={unsaid(sent.error)} fields={["/text"]} />
          <div>
            <Button type="submit" variant="default" loading={sent.isPending}>
              {t("ask.send")}
            </Button>
          </div>
        </form>
      </details>
    </Section>
  );
}
