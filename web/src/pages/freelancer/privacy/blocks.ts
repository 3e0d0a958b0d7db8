import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Block = Shape<"BlockShape">;
export type BlockInput = Shape<"BlockInput">;

export const blocksQuery = queryOptions({
  queryKey: ["blocks"],
  queryFn: ({ signal }) => ask(api.GET("/me/blocks", { signal })),
});

/** Fewer digits than this may be a name: a number somebody has mistyped is to be told so, not kept as a name. */
const DIGITS_OF_A_NUMBER = 7;

const UNNAMED: BlockInput = { name: null, siren: null, conversation_id: null };

/** A company as it was typed: by its SIREN or by its name. */
export function namedBy(typed: string): BlockInput {
  const text = typed.trim();
  const digits = text.replace(/[\s.]/g, "");
  return /^\d+$/.test(digits) && digits.length >= DIGITS_OF_A_NUMBER
    ? { ...UNNAMED, siren: digits }
    : { ...UNNAMED, name: text };
}

/** Whoever is opposite in a conversation. */
export const oppositeIn = (conversation_id: string): BlockInput => ({ ...UNNAMED, conversation_id });
