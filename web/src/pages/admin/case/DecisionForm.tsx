import { Button, Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useContext, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Section } from "@/design/Page";
import type { useDraft } from "@/design/useDraft";
import type { Case } from "../cases";
import { useShortcuts } from "../useShortcuts";
import classes from "./Case.module.css";
import { ConfirmDialog } from "./ConfirmDialog";
import { letterOf, textOf } from "./letters";
import { OutcomeChoice } from "./OutcomeChoice";
import { Tell, unsaid, useCaseAct } from "./useCaseAct";
import { useControlEnter } from "./useControlEnter";
import { groundOf, groundsOf, judged, needsSecond, NOTHING_YET, outcomesOf, takesAway, troublesOf, verdictOf, type Draft, type Ground, type Outcome, type Trouble, type Verdict } from "./verdict";

const LONGEST = 4_000;

/** Where a trouble is mended. */
const FIELDS: Record<Trouble, "outcome" | "ground" | "text"> = {
  no_outcome: "outcome",
  nothing_confirmed: "outcome",
  function_not_confirmed: "outcome",
  no_ground: "ground",
  no_text: "text",
  no_detail: "text",
};

/** The decision on a case or on an appeal: the outcome, its reason, what its subject reads; read again before it goes. */
export function DecisionForm({ found, draft, lost }: {
  found: Case;
  draft: ReturnType<typeof useDraft<Draft>>;
  lost: boolean;
}) {
  const { t } = useTranslation("review");
  const tell = useContext(Tell);
  const once = useOnce();
  const [tried, setTried] = useState(false);
  const [toConfirm, setToConfirm] = useState<Verdict | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const now = draft.value;
  const appeal = found.state === "appeal_review";
  const outcomes = outcomesOf(found);
  const ground = groundOf(now, found);
  const text = textOf(now, found);
  const troubles = troublesOf(now, found, text);
  const second = needsSecond(now, found);
  const change = (what: Partial<Draft>) => draft.set((before) => ({ ...before, ...what }));

  const decide = useCaseAct<Verdict>({
    found,
    writes: true,
    send: (verdict) => {
      const body = { ...verdict, lease_token: found.lease?.token ?? "" };
      const params = { path: { case_id: found.case_id }, header: { "Idempotency-Key": once.keyFor(body) } };
      return askVersion(
        appeal
          ? api.POST("/verification/cases/{case_id}/appeal/decision", { params, body })
          : api.POST("/verification/cases/{case_id}/decision", { params, body }),
      );
    },
    said: (after) => t(appeal ? "done.appeal" : after.awaits_second ? "done.proposed" : "done.decided"),
    done: () => {
      once.done();
      draft.clear();
    },
    failed: () => setToConfirm(null),
  });
  const refused = (pointer: string) => (isProblem(decide.error) ? decide.error.at(pointer) : undefined);
  const said = (field: "outcome" | "ground" | "text") => {
    const trouble = tried ? troubles.find((one) => FIELDS[one] === field) : undefined;
    return trouble ? t(`decide.trouble.${trouble}`) : refused(`/${field}`);
  };
  const focus = (field: "outcome" | "ground" | "text") => {
    const within = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    const reached = field === "outcome" ? (within("input[name=outcome]:checked") ?? within("input[name=outcome]")) : within(`#decision-${field}`);
    reached?.focus();
  };

  const review = () => {
    if (lost) {
      tell({ tone: "warning", title: t("hold.lost") });
      return;
    }
    setTried(true);
    const [first] = troubles;
    if (first) focus(FIELDS[first]);
    else setToConfirm(verdictOf(now, found, text));
  };
  const send = () => {
    if (toConfirm && !decide.isPending) decide.mutate(toConfirm);
  };
  useControlEnter(() => (toConfirm ? send() : review()), { form, confirms: toConfirm !== null });

  const choose = (outcome: Outcome) => {
    flushSync(() => change({ outcome }));
    // Its reason and its model have come with it; the next Tab goes to them.
    focus("outcome");
  };
  useShortcuts(Object.fromEntries(outcomes.map((outcome, index) => [String(index + 1), () => choose(outcome)])));

  return (
    <Section title={t(appeal ? "decide.title_appeal" : "decide.title")} hint={appeal ? t("decide.hint_appeal") : judged(found).length > 0 && t("decide.hint")} id="decision">
      <form
        ref={form}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        <OutcomeChoice
          legend={t("decide.outcome")}
          name="outcome"
          choices={outcomes.map((one) => ({ value: one, label: t(`outcome.${one}`), what: t(`outcome_is.${found.kind}.${one}`) }))}
          value={now.outcome}
          onChange={(outcome) => change({ outcome })}
          error={said("outcome")}
        />
        {found.kind === "profile" && now.outcome !== "refused" && (
          <Checkbox
            label={t("decide.junior")}
            checked={now.junior}
            onChange={(event) => change({ junior: event.currentTarget.checked })}
            error={refused("/junior_path")}
          />
        )}
        {now.outcome && (
          <>
            <NativeSelect
              id="decision-ground"
              label={t("decide.ground")}
              value={ground ?? ""}
              error={said("ground")}
              onChange={(event) => change({ ground: (event.currentTarget.value || null) as Ground | null })}
              data={[
                ...(ground ? [] : [{ value: "", label: t("decide.choose") }]),
                ...groundsOf(now.outcome, found.kind, takesAway(now, found)).map((one) => ({ value: one, label: t(`ground.${one}`) })),
              ]}
            />
            {(ground || now.text !== null) && (
              <Textarea
                id="decision-text"
                label={t("decide.text")}
                description={t(now.text === null ? "decide.text_hint" : "decide.text_own", { language: t(`decide.language.${found.language}`) })}
                lang={found.language}
                value={text}
                onChange={(event) => change({ text: event.currentTarget.value })}
                error={said("text")}
                maxLength={LONGEST}
                rows={9}
                required
                withAsterisk={false}
              />
            )}
            {now.text !== null && now.text !== letterOf(now, found) && (
              <div>
                <Button variant="subtle" onClick={() => change({ text: null })}>
                  {t("decide.model")}
                </Button>
              </div>
            )}
          </>
        )}
        <div className={classes.buttons}>
          <Button type="submit">{t("decide.review")}</Button>
          <span className={classes.soft}>{draft.kept && now !== NOTHING_YET && t("decide.kept")}</span>
        </div>
      </form>
      {toConfirm && (
        <ConfirmDialog
          found={found}
          title={`${t(`outcome.${toConfirm.outcome}`)} · ${t(`ground.${toConfirm.ground}`)}`}
          follows={[
            second && t("confirm.second"),
            t(`outcome_is.${found.kind}.${toConfirm.outcome}`),
            ...consequences(toConfirm).map(([what, count]) => t(`confirm.${what}`, { count })),
            t(second ? "confirm.told_then" : "confirm.told"),
            t(appeal ? "confirm.last" : "confirm.contest"),
          ]}
          text={toConfirm.text}
          button={t(second ? "confirm.propose" : "confirm.send")}
          busy={decide.isPending}
          error={unsaid(decide.error)}
          onSend={send}
          onClose={() => setToConfirm(null)}
        />
      )}
    </Section>
  );
}

/** How many credits gain and lose something by it. */
function consequences({ credits = [], removals = [] }: Verdict): ["facts" | "removed", number][] {
  const gaining = credits.filter(({ level }) => level !== null).length;
  return [...(gaining > 0 ? [["facts", gaining] as ["facts", number]] : []), ...(removals.length > 0 ? [["removed", removals.length] as ["removed", number]] : [])];
}
