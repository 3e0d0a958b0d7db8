import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice, Refusal } from "@/design/Notice";
import { today, useFormats } from "@/i18n/format";
import { ManyOf, OneOf } from "@/design/Choices";
import { FIRST } from "@/pages/shared/firstChoices";
import { Optional } from "@/design/Optional";
import classes from "../profile/Profile.module.css";
import { fieldOf, lacking, MOST, type Field, type Typed } from "./credit";

const MORE = ["universes", "stakes", "tasks"] as const;
/** What is folded away and has no answer to begin with. */
const FOLDED = [...MORE, "source_material", "started_year", "isan"] as const satisfies readonly Field[];

/** Everything that is asked of a past work, on one screen: what it is not one without first, the rest folded away. */
export function CreditForm({ form, set, kept, error, pending, blocked = false, another = false, onSave, onGiveUp }: {
  form: Typed;
  set: (changes: Partial<Typed>) => void;
  kept: boolean;
  error: unknown;
  pending: boolean;
  /** While something else is to be decided first. */
  blocked?: boolean;
  /** Whether one more may follow at once. */
  another?: boolean;
  onSave: (another: boolean) => void;
  onGiveUp: () => void;
}) {
  const { t } = useTranslation("credits");
  const { list } = useFormats();
  const words = useTaxonomy();
  const [tried, setTried] = useState(false);
  // Words that were kept are seen, and so is what was refused.
  const [begun] = useState(() => kept && FOLDED.some((field) => form[field]?.toString()));
  const more = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const refused = isProblem(error) && error.errors.some((one) => FOLDED.some((field) => field === fieldOf(one.pointer)));
    if (refused && more.current) more.current.open = true;
  }, [error]);
  const errors = isProblem(error) ? error.errors : [];
  const thisYear = Number(today().slice(0, 4));
  const future = [form.year, form.started_year].some((year) => year !== null && year > thisYear);
  const missing = tried ? lacking(form) : [];
  const at = (field: Field) => errors.find((one) => fieldOf(one.pointer) === field)?.message;
  const save = (more: boolean) => {
    const [first] = lacking(form);
    if (first || future) {
      setTried(true);
      document.getElementById(first ?? "year")?.focus();
      return;
    }
    setTried(false);
    onSave(more);
  };
  const line = (field: "title" | "company" | "isan", hint?: string) => ({
    id: field,
    label: field === "isan" ? <Optional label={t("field.isan")} /> : t(`field.${field}`),
    description: hint,
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
    error: at(field) ?? missing.includes(field),
    maxLength: 200,
    autoComplete: "off",
  });
  const year = (field: "year" | "started_year") => ({
    id: field,
    label: field === "year" ? t("field.year") : <Optional label={t("field.started_year")} />,
    description: t(`hint.${field}`),
    value: form[field] === null ? "" : String(form[field]),
    onChange: (event: { currentTarget: { value: string } }) => {
      const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 4);
      set({ [field]: digits ? Number(digits) : null });
    },
    error: at(field) ?? ((form[field] ?? 0) > thisYear ? t("form.future") : missing.includes(field)),
    inputMode: "numeric" as const,
    autoComplete: "off",
  });
  const text = (field: "synopsis" | "contribution") => (
    <Textarea
      id={field}
      label={t(`field.${field}`)}
      description={t(`hint.${field}`)}
      value={form[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      error={at(field) ?? missing.includes(field)}
      maxLength={4000}
      autosize
      minRows={2}
    />
  );
  const one = (field: "format" | "broadcaster" | "language" | "source_material", dimension: string, needed = false) => (
    <NativeSelect
      id={field}
      label={needed ? t(`field.${field}`) : <Optional label={t(`field.${field}`)} />}
      value={form[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      error={at(field) ?? missing.includes(field)}
      data={[{ value: "", label: t("form.choose") }, ...words.choices(dimension).map(({ value, label }) => ({ value, label }))]}
    />
  );
  const many = (field: keyof typeof MOST, hint?: string) => (
    <ManyOf
      key={field}
      id={field}
      label={t(`field.${field}`)}
      optional
      hint={hint}
      choices={words.choices(field)}
      value={form[field]}
      onChange={(chosen) => set({ [field]: chosen })}
      most={MOST[field]}
      first={FIRST[field]}
      error={at(field)}
    />
  );
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <div className={classes.fields}>
        <div className={classes.titled}>
          <TextInput {...line("title", t("hint.title"))} required withAsterisk={false} />
          <TextInput {...year("year")} required withAsterisk={false} />
        </div>
        <OneOf
          id="function"
          label={t("field.function")}
          choices={words.choices("roles")}
          value={form.function || null}
          onChange={(chosen) => set({ function: chosen })}
          error={at("function")}
        />
        <div className={classes.pair}>
          {one("format", "formats", true)}
          {one("broadcaster", "broadcasters")}
        </div>
        <TextInput {...line("company", t("hint.company"))} required withAsterisk={false} />
        {text("synopsis")}
        {text("contribution")}
        {many("genres", t("hint.genres"))}
        {many("tones")}
        <details ref={more} className={classes.more} open={begun}>
          <summary>{t("form.more")}</summary>
          <div className={classes.fields}>
            {MORE.map((field) => many(field))}
            <div className={classes.pair}>
              {one("source_material", "source-material")}
              {one("language", "languages", true)}
              <TextInput {...year("started_year")} />
              <TextInput {...line("isan", t("hint.isan"))} />
            </div>
          </div>
        </details>
      </div>
      {missing.length > 0 && (
        <Notice tone="danger" live>
          <p>{t("form.missing", { count: missing.length, fields: list(missing.map((field) => t(`field.${field}`))) })}</p>
        </Notice>
      )}
      <Refusal error={error} fields={errors.filter((each) => fieldOf(each.pointer)).map((each) => each.pointer)} />
      <div className={classes.bar}>
        <Button type="submit" loading={pending} disabled={blocked}>
          {t("form.save")}
        </Button>
        {another && (
          <Button variant="default" disabled={pending} onClick={() => save(true)}>
            {t("form.save_more")}
          </Button>
        )}
        {kept && (
          <Button variant="subtle" onClick={onGiveUp}>
            {t("form.give_up")}
          </Button>
        )}
        {kept && <span className={classes.soft}>{t("form.kept")}</span>}
      </div>
    </form>
  );
}
