import type { Shape } from "@/api/client";
import type { FieldProblem } from "@/api/problem";

type Found = Shape<"TextFindingShape">;

/** Something that should not stand in a text, whoever said it: the reading over, or a refusal. */
export interface Finding {
  pointer: string;
  severity: "block" | "warn";
  concern: "identity" | "wording";
  passage: string;
  /** In code points of the text as the server has it. */
  start: number;
  end: number;
  reason: { fr: string; en: string };
  wording: { fr: string; en: string } | null;
  companies: number | null;
}

/** A finding in a text that may have been written on since: where it is in it now, in the browser's own counting. */
export interface Mark {
  from: number;
  to: number;
  finding: Finding;
}

/** Where the n-th code point of a text begins, in UTF-16. */
export function utf16At(text: string, codePoints: number): number {
  let at = 0;
  for (let count = 0; count < codePoints && at < text.length; count += 1) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** The place of a passage: where it was said to be, else the nearest where it still is; null once it is gone. */
export function placeOf(text: string, finding: Pick<Finding, "passage" | "start" | "end">): { from: number; to: number } | null {
  const { passage } = finding;
  if (!passage) return null;
  const told = utf16At(text, finding.start);
  if (text.startsWith(passage, told)) return { from: told, to: told + passage.length };
  const [before, after] = [text.lastIndexOf(passage, told), text.indexOf(passage, told)];
  const nearest = [before, after].filter((at) => at >= 0).sort((one, other) => Math.abs(one - told) - Math.abs(other - told))[0];
  return nearest === undefined ? null : { from: nearest, to: nearest + passage.length };
}

/** The findings of one text that still hold, in its order. */
export const marksIn = (text: string, findings: readonly Finding[]): Mark[] =>
  findings
    .flatMap((finding) => {
      const place = placeOf(text, finding);
      return place ? [{ ...place, finding }] : [];
    })
    .sort((one, other) => one.from - other.from || one.to - other.to);

export interface Run {
  text: string;
  severity: Finding["severity"] | null;
}

/** A text in runs, marked or not. Where two findings overlap, the one that blocks shows. */
export function runsOf(text: string, marks: readonly Mark[]): Run[] {
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
  return edges.slice(0, -1).map((from, index) => {
    const over = marks.filter((mark) => mark.from <= from && from < mark.to).map(({ finding }) => finding.severity);
    return {
      text: text.slice(from, edges[index + 1]),
      severity: over.includes("block") ? "block" : (over[0] ?? null),
    };
  });
}

/** The text with other words in the place of a passage; without any, the passage and the space around it close up. */
export function replaced(text: string, { from, to }: { from: number; to: number }, words: string): string {
  if (words) return text.slice(0, from) + words + text.slice(to);
  const before = text.slice(0, from);
  const after = text.slice(to);
  return /(^|\s)$/.test(before) ? before + after.replace(/^[^\S\n]+/, "") : before + after;
}

/** What the reading over and a refusal say that still holds, and nothing twice: a passage is refused for what it is. */
export function merged(read: readonly Found[], refused: readonly FieldProblem[], textAt: (pointer: string) => string): Finding[] {
  const found: Finding[] = read.map(({ pointer, severity, concern, passage, start, end, reason, wording, companies }) => ({
    pointer,
    severity,
    concern,
    passage,
    start,
    end,
    reason,
    wording,
    companies,
  }));
  const known = (one: FieldProblem) =>
    found.some(
      ({ pointer, start, end, severity }) =>
        severity === "block" && pointer === one.pointer && start === one.start && end === one.end,
    );
  for (const one of refused) {
    if (one.start === undefined || one.end === undefined || known(one)) continue;
    const text = textAt(one.pointer);
    found.push({
      pointer: one.pointer,
      severity: "block",
      concern: one.code === "identity_leak" ? "identity" : "wording",
      passage: text.slice(utf16At(text, one.start), utf16At(text, one.end)),
      start: one.start,
      end: one.end,
      reason: { fr: one.message, en: one.message },
      wording: one.wording ?? null,
      companies: null,
    });
  }
  return found.filter((one) => placeOf(textAt(one.pointer), one) !== null);
}
