import english from "@/i18n/en/letters";
import french from "@/i18n/fr/letters";
import type { Language } from "@/i18n";
import { typeset } from "@/i18n/typography";
import type { Case } from "../cases";
import { groundOf, judged, levelOf, type Draft } from "./verdict";

// What somebody is written in their own language, whichever the administrator reads: these are not the words of a screen.
const LETTERS = { fr: typeset(french), en: english };

export const QUESTIONS = ["contact", "paper", "dates", "mandate"] as const;
export type QuestionModel = (typeof QUESTIONS)[number];

const filled = (sentence: string, holes: Record<string, string | number>) =>
  sentence.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => String(holes[name] ?? hole));

/** What is written of a decision by the model of its reason, with what is established and what is not where only part
 * of it is; nothing before there is a reason. */
export function letterOf(draft: Draft, found: Case): string {
  const ground = groundOf(draft, found);
  if (!ground) return "";
  const words = LETTERS[found.language];
  if (draft.outcome !== "partly_verified" || found.kind === "company") return words[ground];
  const credits = judged(found).flatMap((credit) => (credit.claim ? [{ ...credit.claim, level: levelOf(draft, credit) }] : []));
  const established = credits.flatMap(({ title, year, level }) =>
    level ? [filled(words.line, { title, year, fact: words.fact[level] })] : [],
  );
  const open = credits.flatMap(({ title, year, level }) => (level ? [] : [filled(words.line_open, { title, year })]));
  return [
    words[ground],
    established.length > 0 && [words.established, ...established].join("\n"),
    open.length > 0 && [words.open, ...open].join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A question that is often asked. */
export const questionOf = (model: QuestionModel, language: Language): string => LETTERS[language].ask[model];

/** The text of a decision: what was written, or the model. */
export const textOf = (draft: Draft, found: Case) => draft.text ?? letterOf(draft, found);
