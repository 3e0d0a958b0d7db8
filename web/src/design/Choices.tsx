import { Input, TextInput, UnstyledButton } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "@/api/taxonomy";
import classes from "./Choices.module.css";

/** So many words are shown at once; more are found by their first letters. */
const AT_ONCE = 14;

interface Around {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
}

function Group({ id, label, hint, error, optional, children, role }: Around & { id: string; children: ReactNode; role?: "radiogroup" }) {
  const { t } = useTranslation();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <fieldset className={classes.group} id={id} tabIndex={-1} role={role} aria-describedby={described || undefined}>
      <legend className={classes.legend}>
        {label}
        {optional && <span className={classes.optional}> {t("optional")}</span>}
      </legend>
      {hint && (
        <p className={classes.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && <Input.Error id={`${id}-error`}>{error}</Input.Error>}
    </fieldset>
  );
}

/** Several of a list of words. Long lists show those that are `first`, those chosen, and what is looked for. */
export function ManyOf({
  id,
  choices,
  value,
  onChange,
  most,
  first,
  ...around
}: Around & {
  id: string;
  choices: readonly Choice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  most: number;
  first?: readonly string[];
}) {
  const { t } = useTranslation("choices");
  const [sought, setSought] = useState("");
  const [whole, setWhole] = useState(false);
  const long = choices.length > AT_ONCE;
  // Those chosen when the list was first shown stay where they are when they are taken away again.
  const [begun] = useState(value);
  const folded = fold(sought);
  const seen = choices.filter((one) => {
    if (!long || whole) return true;
    if (folded) return [one.label, ...one.also].some((word) => fold(word).includes(folded));
    return value.includes(one.value) || begun.includes(one.value) || (first ?? []).includes(one.value);
  });
  const full = value.length >= most;
  return (
    <Group id={id} {...around}>
      {long && !whole && (
        <div className={classes.search}>
          <TextInput
            size="sm"
            type="search"
            aria-label={t("seek", { count: choices.length })}
            placeholder={t("seek", { count: choices.length })}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault(); // it looks for a word; it does not leave the step
              const [only] = seen;
              if (only && seen.length === 1 && !value.includes(only.value) && !full) {
                onChange([...value, only.value]);
                setSought("");
              }
            }}
          />
          <UnstyledButton type="button" className={classes.all} onClick={() => setWhole(true)}>
            {t("all", { count: choices.length })}
          </UnstyledButton>
        </div>
      )}
      <div className={classes.chips}>
        {seen.map((one) => {
          const on = value.includes(one.value);
          return (
            <label key={one.value} className={classes.chip} data-on={on}>
              <input
                type="checkbox"
                value={one.value}
                checked={on}
                disabled={!on && full}
                onChange={() => onChange(on ? value.filter((id) => id !== one.value) : [...value, one.value])}
              />
              <span>{one.label}</span>
            </label>
          );
        })}
        {seen.length === 0 && choices.length > 0 && <p className={classes.hint}>{t("none")}</p>}
      </div>
      {full && most < choices.length && <p className={classes.hint}>{t("full", { count: most })}</p>}
    </Group>
  );
}

/** One of a few words. */
export function OneOf({
  id,
  choices,
  value,
  onChange,
  ...around
}: Around & {
  id: string;
  choices: readonly Pick<Choice, "value" | "label">[];
  value: string | null;
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <Group id={id} role="radiogroup" {...around}>
      <div className={classes.chips}>
        {choices.map((one) => (
          <label key={one.value} className={classes.chip} data-on={value === one.value}>
            <input type="radio" name={name} value={one.value} checked={value === one.value} onChange={() => onChange(one.value)} />
            <span>{one.label}</span>
          </label>
        ))}
      </div>
    </Group>
  );
}

const fold = (word: string) =>
  word
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[’′]/g, "'")
    .toLowerCase()
    .trim();
