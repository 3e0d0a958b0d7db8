import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "@/api/problem";
import { failureOf, Wait } from "./States";
import classes from "./Notice.module.css";

export type Tone = "plain" | "good" | "warning" | "danger";

/** A passage that stands out. `live`: it came while the page was being read, and is read out. */
export function Notice({
  tone = "plain",
  title,
  live = false,
  actions,
  children,
}: {
  tone?: Tone;
  title?: ReactNode;
  live?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const role = live ? (tone === "danger" ? "alert" : "status") : undefined;
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      {title && <p className={classes.title}>{title}</p>}
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

/** An action that was refused or did not come through, above the button that tries it again. Nothing when `error` is
 * nothing. Fields that are wrong are listed here unless their form says it beside them (`fields`: the pointers it does). */
export function Refusal({ error, fields = [], reload }: { error: unknown; fields?: readonly string[]; reload?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const kind = failureOf(error);
  const suspended = isProblem(error) && error.code === "account_suspended";
  const own = isProblem(error) && kind !== "offline" && kind !== "down" ? error.message : "";
  const others = isProblem(error) ? error.errors.filter((one) => !fields.includes(one.pointer)) : [];
  return (
    <Notice
      tone="danger"
      live
      title={suspended ? t("state.suspended.title") : own || t(`state.${kind}.title`)}
      actions={
        kind === "conflict" && reload ? (
          <Button variant="default" onClick={reload}>
            {t("see_latest")}
          </Button>
        ) : undefined
      }
    >
      {others.length > 0 && (
        <ul>
          {others.map((one, index) => (
            <li key={index}>{one.message}</li>
          ))}
        </ul>
      )}
      {suspended && <Link to="/moderation">{t("state.suspended.what")}</Link>}
      {!own && <p>{t(`state.${kind}.what`)}</p>}
      {isProblem(error) && error.wait !== null && <Wait seconds={error.wait} />}
    </Notice>
  );
}
