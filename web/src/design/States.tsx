import { Button, Loader } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "@/api/problem";
import classes from "./States.module.css";

const SLOW_MS = 4_000;

/** What is shown while a screen's content is on its way. */
export function Loading() {
  const { t } = useTranslation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.state} role="status" aria-busy="true">
      <Loader size="sm" aria-hidden="true" />
      <p>{slow ? t("state.slow") : t("state.loading")}</p>
    </div>
  );
}

/** Nothing is there yet: what that means, and the next step. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  );
}

/** Which sentence of `state.…` tells a failure. */
export function failureOf(error: unknown): "offline" | "forbidden" | "gone" | "busy" | "conflict" | "down" | "refused" {
  if (!isProblem(error)) return "down";
  if (error.status === 0) return "offline";
  if (error.status === 401 || error.status === 403) return "forbidden";
  if (error.status === 404 || error.status === 410) return "gone";
  if (error.status === 409 || error.status === 412) return "conflict";
  if (error.status === 429) return "busy";
  return error.status >= 500 ? "down" : "refused";
}

/** When it is worth trying again. */
export function Wait({ seconds }: { seconds: number }) {
  const { t } = useTranslation();
  return <p>{seconds < 60 ? t("state.wait_short", { count: Math.ceil(seconds) }) : t("state.wait", { count: Math.ceil(seconds / 60) })}</p>;
}

/** A screen that could not be read: why in words, and what to do. `retry` is missing where trying again is no use. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const kind = failureOf(error);
  const said = isProblem(error) && kind !== "offline" && kind !== "down" ? error.message : "";
  return (
    <div className={classes.state} role="alert">
      <p className={classes.title}>{t(`state.${kind}.title`)}</p>
      <div className={classes.text}>
        {said && <p>{said}</p>}
        <p>{t(`state.${kind}.what`)}</p>
        {isProblem(error) && error.wait !== null && <Wait seconds={error.wait} />}
      </div>
      <div className={classes.buttons}>
        {retry && kind !== "forbidden" && kind !== "gone" && <Button onClick={retry}>{t("retry")}</Button>}
        <Button component={Link} to="/" variant="default">
          {t("go_home")}
        </Button>
      </div>
    </div>
  );
}

/** A part of a screen that could not be read, where the rest stands without it: what is not known, and trying again. */
export function Unknown({ retry, children }: { retry: () => unknown; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.unknown}>
      <p role="status">{children}</p>
      <Button variant="default" size="compact-md" onClick={() => void retry()}>
        {t("retry")}
      </Button>
    </div>
  );
}

/** The content of a query: on its way, failed with a way to try again, or there. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
