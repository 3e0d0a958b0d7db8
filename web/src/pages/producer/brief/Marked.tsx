import { Button, Input } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import { marksIn, replaced, runsOf, type Finding, type Mark } from "../../shared/findings";
import classes from "./Marked.module.css";

/** A text in which what should not stand is marked where it stands, each with why and, where there are any, with better
 * words for it. It grows with what is written in it. */
export function Marked({
  id,
  label,
  hint,
  error,
  language,
  value,
  onChange,
  findings,
  most,
  lines = 3,
  oneLine = false,
  optional = false,
}: {
  id: string;
  label: string;
  hint?: string;
  error?: string;
  /** The language of the text, and of the better words for it; the reader's own where the text is in none. */
  language: "fr" | "en" | null;
  value: string;
  onChange: (value: string) => void;
  findings: readonly Finding[];
  most: number;
  lines?: number;
  oneLine?: boolean;
  optional?: boolean;
}) {
  const { t } = useTranslation(["brief", "common"]);
  const field = useRef<HTMLTextAreaElement>(null);
  const marks = marksIn(value, findings);
  const blocked = marks.some(({ finding }) => finding.severity === "block");
  const described = [hint && `${id}-hint`, error && `${id}-error`, marks.length > 0 && `${id}-findings`].filter(Boolean).join(" ");
  const left = most - [...value].length;
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {optional && <span className={classes.optional}> {t("optional", { ns: "common" })}</span>}
      </label>
      {hint && (
        <p className={classes.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={classes.paper} data-lines={lines > 5 ? "many" : lines > 1 ? "few" : "one"} data-blocked={blocked || undefined}>
        <div className={classes.under} aria-hidden="true">
          {runsOf(value, marks).map((run, index) =>
            run.severity ? (
              <mark key={index} data-severity={run.severity}>
                {run.text}
              </mark>
            ) : (
              <span key={index}>{run.text}</span>
            ),
          )}
          {"\n"}
        </div>
        <textarea
          ref={field}
          id={id}
          className={classes.text}
          rows={1}
          lang={language ?? undefined}
          value={value}
          aria-invalid={blocked || Boolean(error)}
          aria-describedby={described || undefined}
          spellCheck
          onChange={(event) => onChange(oneLine ? event.currentTarget.value.replaceAll("\n", " ") : event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!oneLine || event.key !== "Enter") return;
            event.preventDefault();
            field.current?.form?.requestSubmit();
          }}
        />
      </div>
      {left >= 0 && left <= most / 8 && <p className={classes.hint}>{t("text.left", { count: left })}</p>}
      {left < 0 && <Input.Error>{t("text.too_long", { count: -left })}</Input.Error>}
      {error && <Input.Error id={`${id}-error`}>{error}</Input.Error>}
      {marks.length > 0 && (
        <ul className={classes.findings} id={`${id}-findings`}>
          {marks.map((mark, index) => (
            <Found
              key={index}
              mark={mark}
              language={language}
              onSee={() => {
                field.current?.focus();
                field.current?.setSelectionRange(mark.from, mark.to);
              }}
              onReplace={(words) => {
                onChange(replaced(value, mark, words));
                field.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Found({
  mark: { finding },
  language,
  onSee,
  onReplace,
}: {
  mark: Mark;
  language: "fr" | "en" | null;
  onSee: () => void;
  onReplace: (words: string) => void;
}) {
  const { t } = useTranslation("brief");
  const both = useBilingual();
  const better = finding.wording && (language ? finding.wording[language] : both(finding.wording));
  return (
    <li className={classes.found} data-severity={finding.severity}>
      <p className={classes.passage}>
        <Tag tone={finding.severity === "block" ? "danger" : "warning"}>{t(`finding.${finding.severity}`)}</Tag>{" "}
        <q>{finding.passage}</q>
      </p>
      <p className={classes.why}>
        {both(finding.reason)}
        {finding.companies !== null && <> {t("finding.companies", { count: finding.companies })}</>}
      </p>
      <div className={classes.buttons}>
        {better ? (
          <Button size="compact-md" variant="default" onClick={() => onReplace(better)}>
            {t("finding.write", { words: better })}
          </Button>
        ) : (
          <Button size="compact-md" variant="default" onClick={() => onReplace("")}>
            {t("finding.take_out")}
          </Button>
        )}
        <Button size="compact-md" variant="subtle" onClick={onSee}>
          {t("finding.see")}
        </Button>
      </div>
    </li>
  );
}
