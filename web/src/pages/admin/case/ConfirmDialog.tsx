import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/design/Dialog";
import { Refusal } from "@/design/Notice";
import type { Case } from "../cases";
import classes from "./Case.module.css";

/** A decision before it goes: what follows from it, and the text as it will be read. */
export function ConfirmDialog({ found, title, follows, text, button, busy, error, onSend, onClose }: {
  found: Case;
  title: string;
  follows: readonly (string | false)[];
  text: string;
  button: string;
  busy: boolean;
  error: unknown;
  onSend: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("review");
  return (
    <Dialog onClose={onClose} title={t("confirm.title")}>
      <p className={classes.outcome}>{title}</p>
      <p className={classes.soft}>{t("confirm.follows")}</p>
      <ul className={classes.list}>
        {follows.filter(Boolean).map((one) => (
          <li key={String(one)}>{one}</li>
        ))}
      </ul>
      <p className={classes.soft}>{t("past.will_tell")}</p>
      <blockquote className={classes.quote} lang={found.language}>
        {text}
      </blockquote>
      <Refusal error={error} />
      <div className={classes.buttons}>
        <Button data-autofocus loading={busy} onClick={onSend}>
          {button}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("confirm.back")}
        </Button>
      </div>
    </Dialog>
  );
}
