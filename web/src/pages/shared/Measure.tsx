import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "@/api/client";
import { useOnce } from "@/api/once";
import { Countdown } from "@/design/Countdown";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Facts, Tag } from "@/design/Tag";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { measureQuery, toneOf, type Measure as Decision } from "./decisions";
import classes from "./Decisions.module.css";
import { asSent } from "./passages";
import { cameTooLate, type Said } from "./useAct";
import { OtherRefusal, WrittenText } from "./WrittenText";

/** One decision: on which facts, by which rule, and what its reader may say to it. */
export default function Measure() {
  const { measureId = "" } = useParams();
  const query = useQuery(measureQuery(measureId));
  const { t } = useTranslation("decisions");
  return (
    <LoadedPage query={query} title={t("measures.title")} back={{ to: "/moderation", label: t("measure.back") }}>
      {(one) => <Open key={measureId} one={one} />}
    </LoadedPage>
  );
}

function Open({ one }: { one: Decision }) {
  const { t } = useTranslation("decisions");
  const { day } = useFormats();
  const worded = useBilingual();
  const [said, setSaid] = useState<Said | null>(null);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) head.current?.focus();
  }, [said]);
  const { statement, may, reply, appeal } = one;
  return (
    <Page
      title={worded(statement.ground.label)}
      back={{ to: "/moderation", label: t("measure.back") }}
      over={
        <>
          {t(`measures.kind.${one.kind}`)} <Tag tone={toneOf(one.state)}>{t(`measures.state.${one.state}`)}</Tag>
        </>
      }
    >
      <div ref={head} tabIndex={-1} className={classes.said}>
        {said && <Notice tone={said.tone} title={said.title} live />}
      </div>
      <Section title={t("measure.decision")}>
        <p className={classes.decision}>{worded(statement.decision)}</p>
        {one.kind === "brief" && (
          <p>
            <Link to={one.in_force ? `/briefs/${one.subject_id}/edit` : `/briefs/${one.subject_id}`}>
              {t(one.in_force ? "measure.correct" : "measure.see_project")}
            </Link>
          </p>
        )}
        <Facts
          items={[
            [t("measure.since"), statement.since && day(statement.since)],
            [t("measure.until"), statement.until ? day(statement.until) : one.kind !== "brief" && one.in_force && t("measure.no_end")],
            [t("measure.ended"), one.ended_at && day(one.ended_at)],
            [t("measure.prompted"), t(`measure.prompted_by.${statement.prompted_by}`)],
          ]}
        />
      </Section>
      <Section title={t("measure.facts")}>
        <p className={classes.facts}>{statement.facts}</p>
        <h3 className={classes.part}>{t("measure.rule")}</h3>
        <p>{worded(statement.rule)}</p>
        <p className={classes.calm}>{worded(statement.automated)}</p>
      </Section>
      {may.includes("reply") && (
        <OwnWords one={one} which="reply" onSaid={setSaid}>
          {one.reply_until && <Countdown day={one.reply_until} of={t("measure.reply.of")} small />}
        </OwnWords>
      )}
      {reply && (
        <Section title={t("measure.reply.title")} hint={t("measure.reply.on", { day: day(reply.at) })}>
          <blockquote className={classes.quote}>{reply.text}</blockquote>
        </Section>
      )}
      {may.includes("appeal") && (
        <OwnWords one={one} which="appeal" onSaid={setSaid}>
          {one.appeal_until && <Countdown day={one.appeal_until} of={t("measure.appeal.of")} small />}
        </OwnWords>
      )}
      {appeal && (
        <Section title={t("measure.appeal.given")} hint={t("measure.appeal.on", { day: day(appeal.at) })}>
          <blockquote className={classes.quote}>{appeal.text}</blockquote>
          {one.state === "appealed" && <p>{t("measure.appeal.pending")}</p>}
        </Section>
      )}
      {one.upheld && (
        <Section title={t("measure.appeal.upheld")}>
          <blockquote className={classes.quote}>{one.upheld}</blockquote>
        </Section>
      )}
      <Section title={t("measure.redress")} plain>
        <p>{worded(statement.redress)}</p>
      </Section>
    </Page>
  );
}

/** What one says to a decision about oneself: a reply with one's own facts, or that it is wrong. Each once. */
function OwnWords({ one, which, onSaid, children }: {
  one: Decision;
  which: "reply" | "appeal";
  onSaid: (said: Said) => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation("decisions");
  const cache = useQueryClient();
  const once = useOnce();
  const draft = useDraft(`measure/${one.measure_id}/${which}`, "");
  const send = useMutation({
    mutationFn: (written: string) => {
      const text = asSent(written);
      const params = { path: { measure_id: one.measure_id }, header: { "Idempotency-Key": once.keyFor(text) } };
      const body = { text };
      return ask(
        which === "reply"
          ? api.POST("/moderation/mine/{measure_id}/reply", { params, body })
          : api.POST("/moderation/mine/{measure_id}/appeal", { params, body }),
      );
    },
    onSuccess: async (now, written) => {
      once.done();
      draft.sent(written);
      cache.setQueryData(measureQuery(one.measure_id).queryKey, now);
      await cache.invalidateQueries({ queryKey: ["measures"], exact: true });
      onSaid({ tone: "good", title: t(`measure.${which}.sent`) });
    },
    onError: async (error) => {
      if (!cameTooLate(error)) return;
      await cache.invalidateQueries({ queryKey: ["measures"] });
      onSaid({ tone: "warning", title: error.message, text: t("measure.changed") });
    },
  });
  return (
    <Section title={t(`measure.${which}.title`)} hint={t(`measure.${which}.what`)}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(draft.value);
        }}
      >
        {children}
        <WrittenText
          id={which}
          label={t(`measure.${which}.label`)}
          value={draft.value}
          onChange={draft.set}
          error={send.error}
          rows={6}
          required
        />
        <OtherRefusal error={send.error} />
        <div>
          <Button type="submit" loading={send.isPending}>
            {t(`measure.${which}.send`)}
          </Button>
        </div>
      </form>
    </Section>
  );
}
