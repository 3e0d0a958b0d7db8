import { Button, VisuallyHidden } from "@mantine/core";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { useFormats } from "@/i18n/format";
import { failureOf } from "./States";
import { accepted, type Place } from "./upload";
import { useUploads, type Sending, type Upload } from "./useUploads";
import classes from "./FileUpload.module.css";

interface Props<P extends Place> extends Omit<Sending<P>, "onKept"> {
  /** On the button: « Joindre un contrat ». */
  label: string;
  /** What is taken, in words (« PDF, JPEG ou PNG »); the largest size is said after it. */
  formats: string;
  children?: ReactNode;
  disabled?: boolean;
  onKept?: (file: File) => void;
}

/** Files put here or chosen go to their place one by one: how far each is, what became of it, trying again, giving up. */
export function FileUpload<P extends Place>({ label, formats, children, disabled = false, onKept, ...sending }: Props<P>) {
  const { t } = useTranslation("files");
  const { number } = useFormats();
  const [said, setSaid] = useState("");
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const hint = useId();
  const { uploads, add, retry, forget } = useUploads({
    ...sending,
    onKept: (file) => {
      setSaid(t("kept", { name: file.name }));
      onKept?.(file);
    },
  });

  // Each step of each file is read out once; how far it is, only shown.
  const steps = uploads.map((one) => `${one.id} ${one.step}`).join();
  const latest = useRef(uploads);
  latest.current = uploads;
  const heard = useRef(new Map<number, string>());
  useEffect(() => {
    for (const { id, step, file } of latest.current) {
      if (heard.current.get(id) === step) continue;
      heard.current.set(id, step);
      if (step !== "waiting") setSaid(t(`says.${step}`, { name: file.name }));
    }
  }, [steps, t]);

  const take = (files: FileList | null) => files && !disabled && add([...files]);
  const away = (id: number) => {
    forget(id);
    button.current?.focus();
  };
  return (
    <div
      className={classes.place}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      {children}
      <div className={classes.choose}>
        <Button ref={button} variant="default" disabled={disabled} aria-describedby={hint} onClick={() => field.current?.click()}>
          {label}
        </Button>
        <p id={hint} className={classes.hint}>
          <span className={classes.drop}>{t("drop")} </span>
          {t("limits", { formats, size: number(sending.maximumBytes / 1_000_000) })}
        </p>
      </div>
      <input
        ref={field}
        type="file"
        hidden
        multiple
        accept={accepted(sending.types)}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file may be chosen once more.
          event.currentTarget.value = "";
        }}
      />
      {uploads.length > 0 && (
        <ul className={classes.files}>
          {uploads.map((one) => (
            <Row
              key={one.id}
              upload={one}
              formats={formats}
              maximum={number(sending.maximumBytes / 1_000_000)}
              onRetry={() => {
                retry(one.id, one.file);
                button.current?.focus();
              }}
              onAway={() => away(one.id)}
            />
          ))}
        </ul>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}

function Row({ upload, formats, maximum, onRetry, onAway }: {
  upload: Upload;
  formats: string;
  maximum: string;
  onRetry: () => void;
  onAway: () => void;
}) {
  const { t } = useTranslation("files");
  const { t: common } = useTranslation();
  const { percent } = useFormats();
  const { file, step, share, why } = upload;
  const name = file.name;
  const under = step === "waiting" || step === "sending" || step === "checking";
  const reason = () => {
    if (why === null) return null;
    if ("own" in why) return t(`wrong.${why.own}`, { formats, size: maximum });
    if ("said" in why) return why.said;
    const kind = failureOf(why.error);
    return (isProblem(why.error) && kind !== "offline" && kind !== "down" && why.error.message) || t(kind === "offline" ? "offline" : "failed");
  };
  return (
    <li className={classes.file} data-step={step}>
      <p className={classes.name}>{name}</p>
      {step === "sending" && <progress className={classes.bar} value={share} aria-label={t("progress", { name })} />}
      <p className={classes.state}>{step === "sending" ? percent(share) : under ? t(`step.${step}`) : reason()}</p>
      <div className={classes.acts}>
        {step === "failed" && (
          <Button size="compact-md" onClick={onRetry} aria-label={t("retry_one", { name })}>
            {common("retry")}
          </Button>
        )}
        <Button size="compact-md" variant="subtle" onClick={onAway} aria-label={t(under ? "cancel_one" : "away_one", { name })}>
          {under ? common("cancel") : t("away")}
        </Button>
      </div>
    </li>
  );
}
