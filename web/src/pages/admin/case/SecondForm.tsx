import { Button, Textarea } from "@mantine/core";
import { useContext, useRef, useState } from "react";
import { flushSync } from "react-dom";
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
import { ConfirmDialog } from "./ConfirmDialog";
import { OutcomeChoice } from "./OutcomeChoice";
import { Tell, unsaid, useCaseAct } from "./useCaseAct";
import { useControlEnter } from "./useControlEnter";

type Choice = "confirms" | "overturns";
const CHOICES = ["confirms", "overturns"] as const satisfies readonly Choice[];
const LONGEST = 4_000;

/** The second pair of eyes: a proposed decision is confirmed, or goes back to review with a note. */
export function SecondForm({ found, lost }: { found: Case; lost: boolean }) {
  const { t } = useTranslation("review");
  const tell = useContext(Tell);
  const once = useOnce();
  const draft = useDraft<{ choice: Choice | null; note: string }>(`second-${found.case_id}`, { choice: null, note: "" });
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { choice, note } = draft.value;
  const pending = found.pending_decision;
  const decide = useCaseAct({
    found,
    writes: true,
    send: () => {
      const body = { lease_token: found.lease?.token ?? "", confirms: choice === "confirms", note: choice === "overturns" ? note.trim() : "" };
      return askVersion(
        api.POST("/verification/cases/{case_id}/second-decision", {
          params: { path: { case_id: found.case_id }, header: { "Idempotency-Key": once.keyFor(body) } },
          body,
        }),
      );
    },
    said: () => t(choice === "confirms" ? "done.confirmed" : "done.sent_back"),
    done: () => {
      once.done();
      draft.clear();
    },
    failed: () => setConfirming(false),
  });
  const choose = (chosen: Choice) => {
    flushSync(() => draft.set((before) => ({ ...before, choice: chosen })));
    form.current?.querySelector<HTMLElement>("input[name=second]:checked")?.focus();
  };
  const act = () => {
    if (decide.isPending) return;
    if (lost) return tell({ tone: "warning", title: t("hold.lost") });
    setTried(true);
    if (choice === "confirms") return confirming ? decide.mutate() : setConfirming(true);
    if (choice === "overturns" && note.trim()) return decide.mutate();
    form.current?.querySelector<HTMLElement>(choice ? "textarea" : "input[name=second]")?.focus();
  };
  useShortcuts({ "1": () => choose("confirms"), "2": () => choose("overturns") });
  useControlEnter(act, { form, confirms: confirming });
  if (!pending) return null;
  return (
    <Section title={t("second.title")} hint={t("second.hint")} id="decision">
      <form
        ref={form}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        <OutcomeChoice
          legend={t("second.choice")}
          name="second"
          choices={CHOICES.map((one) => ({ value: one, label: t(`second.${one}`), what: t(`second.${one}_what`) }))}
          value={choice}
          onChange={(chosen) => draft.set((before) => ({ ...before, choice: chosen }))}
          error={tried && !choice ? t("second.choose") : undefined}
        />
        {choice === "overturns" && (
          <Textarea
            label={t("second.note")}
            description={t("second.note_hint")}
            value={note}
            onChange={(event) => {
              const written = event.currentTarget.value;
              draft.set((before) => ({ ...before, note: written }));
            }}
            error={tried && !note.trim() ? t("second.note_missing") : isProblem(decide.error) ? decide.error.at("/note") : undefined}
            maxLength={LONGEST}
            rows={4}
            required
            withAsterisk={false}
          />
        )}
        {!confirming && <Refusal error={unsaid(decide.error)} fields={["/note"]} />}
        <div>
          <Button type="submit" loading={decide.isPending && !confirming}>
            {t(choice === "overturns" ? "second.send_back" : "second.review")}
          </Button>
        </div>
      </form>
      {confirming && (
        <ConfirmDialog
          found={found}
          title={`${t(`outcome.${pending.outcome}`)} · ${t(`ground.${pending.ground}`)}`}
          follows={[t(`outcome_is.${found.kind}.${pending.outcome}`), t("confirm.told"), t("confirm.contest")]}
          text={pending.text}
          button={t("confirm.send")}
          busy={decide.isPending}
          error={unsaid(decide.error)}
          onSend={act}
          onClose={() => setConfirming(false)}
        />
      )}
    </Section>
  );
}
