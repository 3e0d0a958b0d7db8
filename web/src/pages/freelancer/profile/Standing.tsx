import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, askVersion } from "@/api/client";
import { Notice, Refusal, type Tone } from "@/design/Notice";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { casesQuery, isOpen, type CaseSummary } from "../../shared/verification/cases";
import { isComplete, stepsOf } from "./fields";
import { mineQuery, type MyProfile } from "@/pages/shared/mine";
import { Submission } from "./Submission";
import classes from "./Profile.module.css";

export const TONES: Record<MyProfile["status"], Tone> = { draft: "warning", submitted: "plain", verified: "good", partly_verified: "good" };

/** Where one's profile stands, what it still lacks, and what can be done with the whole of it. */
export function Standing({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const cases = useInfiniteQuery(casesQuery);
  const list = cases.data?.pages.flatMap((page) => page.cases);
  const under = list?.find((one) => one.kind === "profile" && isOpen(one));
  const waiting = under !== undefined && under.state !== "draft";
  const steps = stepsOf(profile);
  const done = steps.filter(({ state }) => state === "done").length;
  const state = waiting && profile.status === "draft" ? "submitted" : profile.status;
  return (
    <aside className={classes.aside} aria-label={t("standing.name")}>
      <p className={classes.state}>
        <Tag tone={TONES[state]}>{t(`status.${state}.tag`)}</Tag>
      </p>
      <p className={classes.says}>{t(`status.${state}.what`)}</p>
      {profile.suspended && (
        <Notice tone="danger" title={t("suspended.title")} actions={<Link to="/moderation">{t("suspended.why")}</Link>}>
          <p>{t("suspended.what")}</p>
        </Notice>
      )}
      <Pause profile={profile} />
      <div className={classes.meter}>
        <meter min={0} max={steps.length} value={done} aria-label={t("steps.name")} />
        <p>{t("steps.done", { done, count: steps.length })}</p>
      </div>
      <ul className={classes.steps}>
        {steps.map(({ step, state: how }) => (
          <li key={step} data-state={how}>
            <span className={classes.mark} aria-hidden="true">
              {how === "done" ? "✓" : "–"}
            </span>
            <span>
              {step === "credits" ? <Link to="/profile/credits">{t("step.credits")}</Link> : <a href={`#${step}`}>{t(`step.${step}`)}</a>}
              {how !== "done" && <small data-tone={how}>{t(`lacks.${how}`)}</small>}
              {how === "done" && <span className="visually-hidden">{t("lacks.nothing")}</span>}
            </span>
          </li>
        ))}
      </ul>
      {list && <Next profile={profile} under={under} />}
      {!list && cases.isError && (
        <Notice
          tone="warning"
          live
          title={t("submit.unknown")}
          actions={
            <Button variant="default" onClick={() => void cases.refetch()}>
              {common("retry")}
            </Button>
          }
        />
      )}
    </aside>
  );
}

/** The verification: under way, to be asked for, or not to be asked for yet. */
function Next({ profile, under }: { profile: MyProfile; under: CaseSummary | undefined }) {
  const { t } = useTranslation("profile");
  const { day } = useFormats();
  if (under && under.state !== "draft") {
    return (
      <div className={classes.next}>
        <p>{t("submit.asked_on", { day: day(under.submitted_at ?? under.opened_at) })}</p>
        <Link to={`/verification/${under.case_id}`}>{t("submit.follow")}</Link>
      </div>
    );
  }
  if (profile.status === "verified") return null;
  if (!isComplete(profile)) return <p className={classes.next}>{t("submit.not_yet")}</p>;
  return <Submission draft={under?.case_id ?? null} credits={profile.credits.length} />;
}

/** Whether somebody has paused, until when, and the way back. */
function Pause({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("profile");
  const { day } = useFormats();
  const cache = useQueryClient();
  const [said, setSaid] = useState(false);
  const over = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button went away with the pause.
    if (said) over.current?.focus();
  }, [said]);
  const resume = useMutation({
    mutationFn: () => askVersion(api.POST("/profiles/mine/resume")),
    onSuccess: (held) => {
      cache.setQueryData(mineQuery.queryKey, held);
      setSaid(true);
    },
  });
  if (!profile.pause) {
    return (
      <>
        <div ref={over} tabIndex={-1}>
          {said && (
            <Notice tone="good" live>
              <p>{t("pause.over")}</p>
            </Notice>
          )}
        </div>
        {profile.status !== "draft" && (
          <p className={classes.soft}>
            <Link to="/privacy#pause">{t("pause.begin")}</Link>
          </p>
        )}
      </>
    );
  }
  return (
    <Notice
      tone="warning"
      title={profile.pause.until ? t("pause.until", { day: day(profile.pause.until) }) : t("pause.open")}
      actions={
        <Button loading={resume.isPending} onClick={() => resume.mutate()}>
          {t("pause.resume")}
        </Button>
      }
    >
      <p>{t("pause.what")}</p>
      <Refusal error={resume.error} />
    </Notice>
  );
}
