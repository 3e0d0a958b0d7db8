import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CreditReview } from "../cases";
import classes from "./Case.module.css";
import { LEVELS, levelOf, shownOf, type Draft, type Level } from "./verdict";

const CHOICES = [null, ...LEVELS] as const;

/** What the decision establishes of one credit, beside what shows it; and what it takes away of what was established. */
export function LevelChoice({ credit, draft, setDraft, mayRemove }: {
  credit: CreditReview;
  draft: Draft;
  setDraft: (change: (before: Draft) => Draft) => void;
  mayRemove: boolean;
}) {
  const { t } = useTranslation("review");
  const id = credit.credit_id;
  const now = levelOf(draft, credit);
  const suggested = shownOf(credit);
  const title = credit.claim?.title ?? "";
  const holding = LEVELS.filter((level) => credit.facts.some(({ fact, holds }) => fact === level && holds));
  return (
    <div className={classes.levels}>
      <fieldset>
        <legend aria-label={t("level.legend_of", { title })}>{t("level.legend")}</legend>
        {CHOICES.map((level) => (
          <label key={level ?? "none"} className={classes.choice}>
            <input
              type="radio"
              name={`level-${id}`}
              checked={now === level}
              disabled={draft.outcome === "refused" && level !== null && level !== "work"}
              onChange={() => setDraft((before) => ({ ...before, levels: { ...before.levels, [id]: level } }))}
            />
            <span>
              {t(`level.${level ?? "none"}`)}
              {level === suggested && level !== null && <span className={classes.soft}> ({t("level.suggested")})</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {mayRemove && holding.length > 0 && (
        <NativeSelect
          label={t("facts.remove")}
          description={t("facts.removing")}
          value={draft.removals[id] ?? ""}
          onChange={(event) => {
            const level = event.currentTarget.value as Level | "";
            setDraft((before) => {
              const { [id]: _, ...others } = before.removals;
              return { ...before, removals: level ? { ...others, [id]: level } : others };
            });
          }}
          data={[
            { value: "", label: t("facts.keep") },
            ...holding.toReversed().map((level) => ({ value: level, label: t(`facts.remove_from.${level}`) })),
          ]}
        />
      )}
    </div>
  );
}
