import { Button, Textarea } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { cut, passagesIn } from "./passages";
import { cameTooLate } from "./useAct";
import classes from "./WrittenText.module.css";

const LEAK = "identity_leak";

/** A text for the other side. What a refusal says of it stands with it: the passages marked in what was written, and a
 * way to each of them. */
export function WrittenText({ id, label, hint, value, onChange, error, wanting, pointer = "/text", rows = 4, required = false, most = 4000 }: {
  id: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  /** What the last try at sending it was refused with. */
  error?: unknown;
  /** What is said while it cannot be sent as it is: nothing was written that has to be, or too much. */
  wanting?: string;
  pointer?: string;
  rows?: number;
  required?: boolean;
  /** How long it may become; null: as long as one likes, and `wanting` says that it is too long. */
  most?: number | null;
}) {
  const { t } = useTranslation("conversation");
  const field = useRef<HTMLTextAreaElement>(null);
  const errors = isProblem(error) ? error.errors.filter((one) => one.pointer === pointer) : [];
  const leaks = errors.filter((one) => one.code === LEAK);
  const passages = passagesIn(value, leaks, pointer);
  const wrong = leaks.length > 0 ? t("leaks.title", { count: leaks.length }) : (wanting ?? errors[0]?.message);
  return (
    <div>
      <Textarea
        ref={field}
        id={id}
        label={label}
        description={hint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={wrong}
        rows={rows}
        required={required}
        maxLength={most ?? undefined}
        withAsterisk={false}
        classNames={{ input: classes.text }}
      />
      {leaks.length > 0 && (
        <Notice tone="danger" live>
          <ul className={classes.leaks} role="list">
            {leaks.map((leak, index) => {
              const passage = passages.find((one) => one.message === leak.message);
              return (
                <li key={index}>
                  <span>{leak.message}</span>
                  {passage && (
                    <Button
                      variant="default"
                      size="compact-md"
                      onClick={() => {
                        field.current?.focus();
                        field.current?.setSelectionRange(passage.start, passage.end);
                      }}
                    >
                      {t("leaks.see")}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
          {passages.length > 0 && (
            <figure className={classes.copy}>
              <figcaption>{t("leaks.your_text")}</figcaption>
              <p>
                {cut(value, passages).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text))}
              </p>
            </figure>
          )}
        </Notice>
      )}
    </div>
  );
}

/** What else a refusal says: nothing where the fields say it all, or where the screen tells it at its head. */
export function OtherRefusal({ error, fields = ["/text"] }: { error: unknown; fields?: readonly string[] }) {
  if (!error || cameTooLate(error)) return null;
  if (isProblem(error) && error.errors.length > 0 && error.errors.every((one) => fields.includes(one.pointer))) return null;
  return <Refusal error={error} fields={fields} />;
}
