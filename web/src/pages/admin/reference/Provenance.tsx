import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import lists from "../Lists.module.css";
import type { EntryOf, Part } from "./grid";

type Words = { fr: string; en: string } | null;

interface Props {
  id: string;
  name: string;
  entry: EntryOf<Part>;
  /** Without it, it is only read. */
  change?: (fields: Partial<EntryOf<Part>>) => void;
  wrong: (field: string) => string | undefined;
}

/** Where an amount comes from, and what is said with it. */
export function Provenance({ id, name, entry, change, wrong }: Props) {
  const { t } = useTranslation("reference");
  const readOnly = !change;
  return (
    <details className={lists.further}>
      <summary>{t("rates.provenance", { name })}</summary>
      <div className={lists.form}>
        <Checkbox
          size="md"
          label={t("rates.assumption")}
          checked={entry.assumption}
          onChange={(event) => change?.({ assumption: event.currentTarget.checked })}
          error={wrong("/assumption")}
          disabled={readOnly}
        />
        <TextInput
          type="date"
          label={t("rates.dated")}
          value={entry.dated ?? ""}
          onChange={(event) => change?.({ dated: event.currentTarget.value || null })}
          error={wrong("/dated")}
          readOnly={readOnly}
        />
        <Pair id={`${id}-source`} field="source" words={entry.source} onChange={(source) => change?.({ source })} wrong={wrong} readOnly={readOnly} />
        {"note" in entry && (
          <Pair id={`${id}-note`} field="note" words={entry.note} onChange={(note) => change?.({ note } as Partial<EntryOf<Part>>)} wrong={wrong} readOnly={readOnly} />
        )}
      </div>
    </details>
  );
}

interface PairProps {
  id: string;
  field: "source" | "note";
  words: Words;
  onChange: (words: Words) => void;
  wrong: (field: string) => string | undefined;
  readOnly: boolean;
}

/** The same in both languages; nothing at all where both are empty. */
function Pair({ id, field, words, onChange, wrong, readOnly }: PairProps) {
  const { t } = useTranslation("reference");
  const { fr = "", en = "" } = words ?? {};
  return (["fr", "en"] as const).map((spoken) => (
    <Textarea
      key={spoken}
      id={`${id}-${spoken}`}
      label={t(`rates.${field}_${spoken}`)}
      value={{ fr, en }[spoken]}
      onChange={(event) => {
        const next = { fr, en, [spoken]: event.currentTarget.value };
        onChange(next.fr || next.en ? next : null);
      }}
      error={wrong(`/${field}/${spoken}`) ?? (spoken === "fr" ? wrong(`/${field}`) : undefined)}
      maxLength={600}
      rows={3}
      readOnly={readOnly}
    />
  ));
}
