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
    super(set(said.title ?? said.message ?? ""));
    this.status = status;
    this.code = said.code ?? "";
    this.errors = (said.errors ?? []).map((one) => ({ ...one, message: set(one.message) }));
    this.wait = wait;
  }

  /** What is said of one field of what was sent. */
  at(pointer: string): string | undefined {
    return this.errors.find((one) => one.pointer === pointer)?.message;
  }
}

interface Said {
  title?: string;
  message?: string; // the gateway's own refusals, and Cognito's
  code?: string;
  errors?: FieldProblem[];
}

const isSaid = (body: unknown): body is Said => typeof body === "object" && body !== null;

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
