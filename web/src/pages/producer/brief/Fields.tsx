import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { ManyOf, OneOf } from "@/design/Choices";
import { Optional } from "@/design/Optional";
import { type Name, type Texts } from "./fields";
import type { Finding } from "../../shared/findings";
import { FIRST } from "@/pages/shared/firstChoices";
import { idOf, LONGEST, MOST } from "./limits";
import { Marked } from "./Marked";
import { DIMENSION, isNeeded, type Step } from "./steps";
import type { BriefEditor } from "./useBriefEditor";

/** The form that the fields below are of. `leadsTo`: the address of a step of it, and of a field there. */
export const Form = createContext<{
  editor: BriefEditor;
  findings: readonly Finding[];
  leadsTo: (step: Step, field?: Name) => string;
} | null>(null);

export function useForm() {
  const form = useContext(Form);
  if (!form) throw new Error("a field of a project stands in its form");
  return form;
}

type Several = keyof typeof MOST;
type OneWord = "role" | "format" | "development_stage" | "source_material" | "rights_status" | "working_mode" | "region" | "targeted_broadcaster";

export function Several({ name }: { name: Several }) {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const words = useTaxonomy();
  const suggested: Partial<Record<Several, readonly string[]>> = FIRST;
  if (!words.ready) return null; // the form says why
  return (
    <ManyOf
      id={idOf(name)}
      label={t(`field.${name}`)}
      hint={name in HINTED ? t(`hint.${name as keyof typeof HINTED & Several}`) : undefined}
      error={editor.error(`/${name}`)}
      choices={words.choices(DIMENSION[name]!)}
      value={editor.fields[name]}
      onChange={(value) => editor.set(name, value)}
      most={MOST[name]}
      first={suggested[name]}
    />
  );
}

const HINTED = { genres: 1, stakes: 1, levels: 1, tasks: 1, contract_forms: 1 } as const;

export function OneWord({ name, list = false }: { name: OneWord; list?: boolean }) {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const words = useTaxonomy();
  const choices = words.choices(DIMENSION[name]!);
  const error = editor.error(`/${name}`);
  const value = editor.fields[name];
  if (!words.ready) return null;
  if (!list) {
    return (
      <OneOf
        id={idOf(name)}
        label={t(`field.${name}`)}
        error={error}
        choices={choices}
        value={value}
        onChange={(next) => editor.set(name, next)}
      />
    );
  }
  const label = t(`field.${name}`);
  const optional = !isNeeded(name, editor.fields);
  return (
    <NativeSelect
      id={idOf(name)}
      label={optional ? <Optional label={label} /> : label}
      description={name === "targeted_broadcaster" ? t("hint.targeted_broadcaster") : undefined}
      error={error}
      value={value ?? ""}
      onChange={(event) => editor.set(name, event.currentTarget.value || null)}
      data={[{ value: "", label: t("choose") }, ...choices.map(({ value: id, label: word }) => ({ value: id, label: word }))]}
    />
  );
}

/** A whole number, or nothing. */
export function Count({
  name,
  value,
  onChange,
  label,
  hint,
  optional = false,
  error,
  suffix,
  most,
}: {
  name: string;
  value: number | null;
  onChange: (value: number | null) => void;
  label: string;
  hint?: string;
  optional?: boolean;
  error?: string;
  suffix?: string;
  most: number;
}) {
  return (
    <NumberInput
      id={idOf(name)}
      label={optional ? <Optional label={label} /> : label}
      description={hint}
      error={error}
      value={value ?? ""}
      onChange={(next) => onChange(next === "" ? null : Math.min(Math.trunc(Number(next)), most))}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      thousandSeparator={"\u202f"}
      suffix={suffix}
      inputMode="numeric"
    />
  );
}

export function Day({
  name,
  value,
  onChange,
  label,
  hint,
  optional = false,
  error,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
  label: string;
  hint?: string;
  optional?: boolean;
  error?: string;
}) {
  return (
    <TextInput
      id={idOf(name)}
      type="date"
      label={optional ? <Optional label={label} /> : label}
      description={hint}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A text in French and, for whoever works in English too, in English. */
export function TwoLanguages({ name, lines, oneLine }: { name: "logline" | "pitch" | "detailed_tasks"; lines: number; oneLine?: boolean }) {
  const { t } = useTranslation("brief");
  const { editor, findings } = useForm();
  const value = editor.fields[name];
  const put = (language: keyof Texts) => (text: string) => editor.set(name, { ...value, [language]: text });
  const of = (language: keyof Texts) => `/${name}/${language}`;
  const at = (language: keyof Texts) => findings.filter((one) => one.pointer === of(language));
  return (
    <div>
      <Marked
        id={idOf(name)}
        label={t(`field.${name}`)}
        hint={t(`hint.${name}`)}
        error={editor.error(of("fr")) ?? editor.error(`/${name}`)}
        language="fr"
        value={value.fr}
        onChange={put("fr")}
        findings={at("fr")}
        most={LONGEST[name]}
        lines={lines}
        oneLine={oneLine}
        optional={!isNeeded(name, editor.fields)}
      />
      <details open={Boolean(value.en) || undefined}>
        <summary>{t("text.english", { of: t(`field.${name}`) })}</summary>
        <Marked
          id={`${idOf(name)}-en`}
          label={t("text.in_english", { of: t(`field.${name}`) })}
          error={editor.error(of("en"))}
          language="en"
          value={value.en}
          onChange={put("en")}
          findings={at("en")}
          most={LONGEST[name]}
          lines={lines}
          oneLine={oneLine}
          optional
        />
      </details>
    </div>
  );
}

export const errorWithin = (editor: BriefEditor, name: Name, ...parts: string[]) =>
  [`/${name}`, ...parts.map((part) => `/${name}/${part}`)].map((pointer) => editor.error(pointer)).find(Boolean);
