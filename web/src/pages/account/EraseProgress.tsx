import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { forgetDrafts } from "@/design/drafts";
import { Notice } from "@/design/Notice";
import { useBilingual, useFormats } from "@/i18n/format";
import { currentSession, signOut } from "@/session/session";
import classes from "./EraseProgress.module.css";
import type { Erasure } from "./erasure";

/** The parts of the service that keep something of somebody, by the names that a receipt gives them. */
const PARTS = ["account", "accounts", "companies", "briefs", "profiles", "matching", "conversations", "verification",
  "notifications", "rates", "visibility", "moderation", "taxonomy", "failures", "requests", "privacy"] as const;

const partOf = (context: string) => PARTS.find((one) => one === context) ?? "other";

/** What each part of the service has let go of, and what the law keeps. */
export function EraseProgress({ erasure }: { erasure: Erasure }) {
  const { t } = useTranslation("mydata");
  const bilingual = useBilingual();
  const { day, moment } = useFormats();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { steps, held, completed_at, requested_at, backups_days } = erasure;
  const done = steps.filter((one) => one.state === "done").length;
  const top = useRef<HTMLDivElement>(null);
  // Where whoever has just confirmed goes on reading.
  useEffect(() => top.current?.focus(), []);
  return (
    <div ref={top} tabIndex={-1} className={classes.progress}>
      <Notice
        tone={completed_at ? "good" : "warning"}
        live
        title={t(completed_at ? "erase.complete" : "erase.under_way")}
        actions={
          <Button
            variant="default"
            onClick={() => {
              forgetDrafts(currentSession().sub);
              signOut();
              cache.clear();
              void navigate("/");
            }}
          >
            {t("erase.leave")}
          </Button>
        }
      >
        <p>
          {completed_at
            ? t("erase.complete_what", { moment: moment(completed_at) })
            : t("erase.under_way_what", { done, total: steps.length })}
        </p>
      </Notice>
      <p>
        {t("erase.asked", { moment: moment(requested_at) })} {t("erase.backups", { count: backups_days })}
      </p>
      {held.length > 0 && (
        <>
          <h3>{t("erase.held")}</h3>
          <ul className={classes.list}>
            {held.map((one) => (
              <li key={`${one.kind}/${one.id}`}>
                <span>
                  {bilingual(one.label)}
                  <small>{bilingual(one.source)}</small>
                </span>
                <span className={classes.state}>{t("erase.until", { day: day(one.until) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t("erase.steps")}</h3>
      <ul className={classes.list}>
        {steps.map(({ context, state, removed, redacted }) => (
          <li key={context}>
            <span>
              {t(`part.${partOf(context)}`)}
              {removed > 0 && <small>{t("erase.removed", { count: removed })}</small>}
              {redacted > 0 && <small>{t("erase.redacted", { count: redacted })}</small>}
            </span>
            <span className={classes.state} data-state={state}>
              {t(state === "done" ? "erase.done" : "erase.owed")}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
