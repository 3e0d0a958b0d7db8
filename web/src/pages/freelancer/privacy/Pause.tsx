import { Button, Radio, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, askVersion } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useFormats } from "@/i18n/format";
import { mineQuery, type MyProfile } from "@/pages/shared/mine";
import { firstDayBack, lastDayBack } from "./pause";
import classes from "./Privacy.module.css";

/** Being proposed to nobody for a while, and coming back. */
export function Pause({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("visibility");
  const cache = useQueryClient();
  const state = useRef<HTMLDivElement>(null);
  const [changing, setChanging] = useState(false);
  const pause = useMutation({
    mutationFn: (until: string | null) => askVersion(api.POST("/profiles/mine/pause", { body: { until } })),
    onSuccess: (now) => {
      setChanging(false);
      cache.setQueryData(mineQuery.queryKey, now);
      state.current?.focus();
    },
  });
  const resume = useMutation({
    mutationFn: () => askVersion(api.POST("/profiles/mine/resume")),
    onSuccess: (now) => {
      pause.reset();
      cache.setQueryData(mineQuery.queryKey, now);
      state.current?.focus();
    },
  });
  const again = () => void cache.invalidateQueries({ queryKey: mineQuery.queryKey });
  return (
    <Section title={t("pause.title")} id="pause">
      <div ref={state} tabIndex={-1} className={classes.state}>
        {resume.isSuccess && !profile.pause && <Notice tone="good" live title={t("pause.over")} />}
        <Standing
          profile={profile}
          changing={changing}
          change={() => setChanging(true)}
          resume={() => resume.mutate()}
          resuming={resume.isPending}
        />
      </div>
      <Refusal error={resume.error} reload={again} />
      {(!profile.pause || changing) && (
        <HowLong
          until={profile.pause?.until ?? null}
          changes={profile.pause !== null}
          pause={(until) => {
            resume.reset();
            pause.mutate(until);
          }}
          pausing={pause.isPending}
          error={pause.error}
          again={again}
        />
      )}
    </Section>
  );
}

interface StandingProps {
  profile: MyProfile;
  changing: boolean;
  change: () => void;
  resume: () => void;
  resuming: boolean;
}

function Standing({ profile, changing, change, resume, resuming }: StandingProps) {
  const { t } = useTranslation("visibility");
  const { day } = useFormats();
  const { pause, status, suspended } = profile;
  const shown = status === "verified" || status === "partly_verified";
  return (
    <>
      {suspended && (
        <Notice tone="danger" title={t("pause.suspended")}>
          <Link to="/moderation">{t("pause.decision")}</Link>
        </Notice>
      )}
      {pause ? (
        <Notice
          tone="warning"
          live
          title={pause.until ? t("pause.now_until", { day: day(pause.until) }) : t("pause.now_open")}
          actions={
            <>
              <Button onClick={resume} loading={resuming}>
                {t("pause.resume")}
              </Button>
              {!changing && (
                <Button variant="default" onClick={change}>
                  {t("pause.change")}
                </Button>
              )}
            </>
          }
        >
          <p>{t("pause.since", { day: day(pause.since) })}</p>
        </Notice>
      ) : (
        <>
          {!shown && <p>{t("pause.not_yet")}</p>}
          <p>{t("pause.what")}</p>
        </>
      )}
    </>
  );
}

interface HowLongProps {
  until: string | null;
  /** Whether it changes a pause rather than beginning one. */
  changes: boolean;
  pause: (until: string | null) => void;
  pausing: boolean;
  error: unknown;
  again: () => void;
}

function HowLong({ until, changes, pause, pausing, error, again }: HowLongProps) {
  const { t } = useTranslation("visibility");
  const [ends, setEnds] = useState(until === null ? "open" : "until");
  const [day, setDay] = useState(until ?? "");
  const [noDay, setNoDay] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const refused = isProblem(error) ? error.at("/until") : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const missing = ends === "until" && !day;
    setNoDay(missing);
    if (missing) field.current?.focus();
    else pause(ends === "until" ? day : null);
  };
  return (
    <form noValidate onSubmit={send} className={classes.form}>
      <Radio.Group label={t("pause.how_long")} value={ends} onChange={setEnds} name="pause-ends">
        <div className={classes.choices}>
          <Radio value="open" label={t("pause.open")} />
          <Radio value="until" label={t("pause.until")} />
        </div>
      </Radio.Group>
      {ends === "until" && (
        <TextInput
          ref={field}
          id="pause-until"
          type="date"
          className={classes.date}
          label={t("pause.back_on")}
          description={t("pause.back_on_what")}
          min={firstDayBack()}
          max={lastDayBack()}
          value={day}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            setNoDay(false);
          }}
          error={noDay ? t("pause.no_day") : refused}
        />
      )}
      <Refusal error={error} fields={["/until"]} reload={again} />
      <div>
        <Button type="submit" variant={changes ? "filled" : "default"} loading={pausing}>
          {changes ? t("pause.save") : t("pause.begin")}
        </Button>
      </div>
    </form>
  );
}
