import { language } from "@/i18n";
import { french } from "@/i18n/typography";

export interface FieldProblem {
  /** A JSON pointer into what was sent, `?name` for a filter, or a header's name. */
  pointer: string;
  code: string;
  message: string;
  /** Of a passage: from which character to before which, in code points. */
  start?: number;
  end?: number;
  /** What may take that passage's place, in the language of the text. */
  wording?: { fr: string; en: string };
}

/** An answer that is not a success. `status` 0: no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  /** Seconds until it is worth trying again, where the server says so. */
  readonly wait: number | null;

  constructor(status: number, body: unknown, wait: number | null = null) {
    // What the server says comes in the reader's language; its French is set here.
    const set = language() === "fr" ? french : (text: string) => text;
    const said = isSaid(body) ? body : {};
    const title = said.title ?? said.message ?? "";
    const code = said.code ?? "";
    super(set(GATEWAYS.includes(code) ? inOne(title) : title));
    this.status = status;
    this.code = code;
    this.errors = (said.errors ?? []).map((one) => ({ ...one, message: set(one.message) }));
    this.wait = wait;
  }

  /** What is said of one field of what was sent. */
  at(pointer: string): string | undefined {
    return this.errors.find((one) => one.pointer === pointer)?.message;
  }
}

/** What the gateway refuses by itself: it reads no language, and says both. */
const GATEWAYS = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "body_too_large",
  "unsupported_media_type",
  "too_many_requests",
  "refused",
  "unavailable",
];

function inOne(title: string): string {
  const both = title.split(" / ");
  return both.length === 2 ? both[language() === "fr" ? 0 : 1]!.trim() : title;
}

interface Said {
  title?: string;
  message?: string; // of refusals that the gateway gives in its own shape
  code?: string;
  errors?: FieldProblem[];
}

const isSaid = (body: unknown): body is Said => typeof body === "object" && body !== null;

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
