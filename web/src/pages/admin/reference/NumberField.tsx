import { TextInput } from "@mantine/core";
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { language } from "@/i18n";
import { numberOf } from "./grid";

interface Shared {
  label: string;
  error?: string;
  readOnly: boolean;
}
type Props = Shared &
  (
    | { value: number; onChange: (value: number) => void; optional?: false }
    | { value: number | null; onChange: (value: number | null) => void; optional: true }
  );

/** Is told how many more fields, or fewer, hold what is no number. */
export const Unreadable = createContext<(change: 1 | -1) => void>(() => undefined);

/** A number that is typed, with a comma in French. What is being typed stays as it is until one leaves the field. What is
 * none is said and stays there to be corrected; meanwhile the number is the one that was there before. */
export function NumberField({ label, value, onChange, error, readOnly, optional = false }: Props) {
  const { t } = useTranslation("reference");
  const count = useContext(Unreadable);
  const [typed, setTyped] = useState<string | null>(null);
  const before = useRef(value);
  const written = value === null ? "" : language() === "fr" ? String(value).replace(".", ",") : String(value);
  const read = (text: string) => (optional && text.trim() === "" ? null : (numberOf(text) ?? undefined));
  const wrong = typed !== null && read(typed) === undefined;
  useEffect(() => {
    if (!wrong) return;
    count(1);
    return () => count(-1);
  }, [wrong, count]);
  const change = onChange as (value: number | null) => void;
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? written}
      onFocus={() => {
        if (!wrong) before.current = value;
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const now = read(event.currentTarget.value);
        change(now === undefined ? before.current : now);
      }}
      onBlur={() => {
        if (!wrong) setTyped(null);
      }}
      error={wrong ? t("rates.no_number") : error}
      readOnly={readOnly}
    />
  );
}
