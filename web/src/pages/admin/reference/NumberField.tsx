import { TextInput } from "@mantine/core";
import { useState } from "react";
import { language } from "@/i18n";
import { numberOf } from "./grid";

interface Props {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  error?: string;
  readOnly: boolean;
}

/** A number that is typed, with a comma in French. What is being typed stays as it is until one leaves the field. */
export function NumberField({ label, value, onChange, error, readOnly }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const written = value === null ? "" : language() === "fr" ? String(value).replace(".", ",") : String(value);
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? written}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(numberOf(event.currentTarget.value));
      }}
      onBlur={() => setTyped(null)}
      error={error}
      readOnly={readOnly}
    />
  );
}
