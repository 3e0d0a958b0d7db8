import type { FieldProblem } from "@/api/problem";

export interface Passage {
  start: number;
  end: number;
  message: string;
}

/** Where the passages of a refusal stand in what was typed. The server counts code points, of the text as it was sent:
 * without the space around it, each letter and its accent as one. Those that are not in it any more are left out. */
export function passagesIn(typed: string, errors: readonly FieldProblem[], pointer: string): Passage[] {
  const sent = [...asSent(typed)];
  const found: Passage[] = [];
  for (const { pointer: where, start, end, message } of errors) {
    if (where !== pointer || start === undefined || end === undefined) continue;
    const passage = sent.slice(start, end).join("");
    const before = sent.slice(0, start).join("").length + typed.length - typed.trimStart().length;
    const at = typed.indexOf(passage, Math.max(0, before - 1));
    if (passage && at >= 0) found.push({ start: at, end: at + passage.length, message });
  }
  return found.sort((a, b) => a.start - b.start);
}

export const asSent = (typed: string) => typed.normalize("NFC").trim();

/** The text cut at its passages, to be shown with them marked; nothing twice where they overlap. */
export function cut(text: string, passages: readonly Passage[]): { text: string; marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const { start, end } of passages) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false });
    if (end > at) pieces.push({ text: text.slice(Math.max(start, at), end), marked: true });
    at = Math.max(at, end);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
