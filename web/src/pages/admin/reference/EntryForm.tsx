import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBilingual } from "@/i18n/format";
import lists from "../Lists.module.css";
import type { Entry } from "./taxonomy";

interface Props {
  one: Entry;
  among: readonly Entry[];
  edit: (next: Entry) => void;
  error: (field: string) => string | undefined;
  done: () => void;
}

/** What an entry is called in both languages; what is typed is kept as it is typed. */
export function EntryForm({ one, among, edit, error, done }: Props) {
  const { t } = useTranslation("reference");
  const id = `entry-${one.id}`;
  return (
    <form
      className={lists.form}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      {(["fr", "en"] as const).map((spoken) => (
        <TextInput
          key={spoken}
          id={`${id}-${spoken}`}
          label={t(`taxonomy.name_${spoken}`)}
          value={one.labels[spoken]}
          onChange={(event) => edit({ ...one, labels: { ...one.labels, [spoken]: event.currentTarget.value } })}
          error={error(`/labels/${spoken}`)}
          maxLength={120}
          required
          withAsterisk={false}
          autoFocus={spoken === "fr"}
        />
      ))}
      {(["fr", "en"] as const).map((spoken) => (
        <Textarea
          key={spoken}
          id={`${id}-synonyms-${spoken}`}
          label={t(`taxonomy.synonyms_${spoken}`)}
          description={t("taxonomy.synonyms_hint")}
          value={one.synonyms[spoken].join("\n")}
          onChange={(event) => edit({ ...one, synonyms: { ...one.synonyms, [spoken]: event.currentTarget.value.split("\n") } })}
          error={error(`/synonyms/${spoken}`)}
          rows={3}
        />
      ))}
      <ParentChoice id={`${id}-parent`} of={one.id} among={among} value={one.parent} onChange={(parent) => edit({ ...one, parent })} error={error("/parent")} />
      <div>
        <Button type="submit" variant="default">
          {t("taxonomy.done")}
        </Button>
      </div>
    </form>
  );
}

interface ParentProps {
  id: string;
  /** Nothing is a kind of itself. */
  of: string | null;
  among: readonly Entry[];
  value: string | null;
  onChange: (parent: string | null) => void;
  error?: string;
}

/** What an entry is a kind of. */
export function ParentChoice({ id, of, among, value, onChange, error }: ParentProps) {
  const { t } = useTranslation("reference");
  const bilingual = useBilingual();
  return (
    <NativeSelect
      id={id}
      label={t("taxonomy.parent")}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: "", label: t("taxonomy.parent_none") },
        ...among.filter((one) => one.id !== of).map((one) => ({ value: one.id, label: bilingual(one.labels) })),
      ]}
      error={error}
    />
  );
}
