import { Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask } from "@/api/client";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { Done, type Said as DoneSaid } from "./Done";
import { FoldedForm } from "./FoldedForm";
import { WrittenForm } from "./WrittenForm";
import { alarmQuery, mayAnswer, type Alarm } from "./cases";
import classes from "./verification.module.css";

/** An alarm as whoever it is about reads it: what it says and on which papers, what follows, until when to answer it or
 * to contest it. */
export default function AlarmScreen() {
  const { alarmId = "" } = useParams();
  const { t } = useTranslation("verification");
  return (
    <LoadedPage query={useQuery(alarmQuery(alarmId))} title={t("title")} back={{ to: "/verification", label: t("title") }}>
      {(alarm) => <Shown key={alarmId} alarm={alarm} />}
    </LoadedPage>
  );
}

function Shown({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("verification");
  const { day, moment } = useFormats();
  const both = useBilingual();
  const cache = useQueryClient();
  const [done, setDone] = useState<DoneSaid | null>(null);
  const path = { alarm_id: alarm.alarm_id };
  const refresh = () => cache.invalidateQueries({ queryKey: ["verification", "alarms"] });
  const put = (said: string) => (now: Alarm) => {
    cache.setQueryData(alarmQuery(alarm.alarm_id).queryKey, now);
    void refresh();
    setDone({ text: said });
  };
  const answerable = mayAnswer(alarm);
  return (
    <Page
      title={t(`alarm.of.${alarm.kind}`)}
      back={{ to: "/verification", label: t("title") }}
      over={<Tag tone={answerable ? "warning" : "plain"}>{both(alarm.state_label)}</Tag>}
    >
      <div className={classes.standing} data-tone={answerable ? "warning" : "plain"}>
        {answerable && <p className={classes.clock}>{t("alarm.reply_until", { moment: moment(alarm.reply_until) })}</p>}
        {alarm.until && !alarm.ended_at && <p className={classes.clock}>{t("alarm.ends_by_itself", { day: day(alarm.until) })}</p>}
        <p className={classes.says}>{both(alarm.what_follows)}</p>
      </div>
      <Done said={done} />
      <Said alarm={alarm} />
      {alarm.reply && <Written title={t("alarm.your_reply")} at={alarm.reply.replied_at} text={alarm.reply.text} />}
      {answerable && (
        <Section title={t("alarm.your_reply")}>
          <WrittenForm
            name={`alarm-answer-${alarm.alarm_id}`}
            label={t("alarm.account")}
            hint={t("alarm.reply_hint")}
            button={t("questions.send")}
            send={(text, key) =>
              ask(api.POST("/verification/mine/alarms/{alarm_id}/answer", { params: { path, header: { "Idempotency-Key": key } }, body: { text } }))
            }
            onSent={put(t("alarm.answered"))}
            reload={() => void refresh()}
          />
        </Section>
      )}
      <Rulings alarm={alarm} title={t("decision.title")} acts={["put_in_force", "dismiss", "withdraw"]} />
      {alarm.appealed_at && <Written title={t("appeal.title")} at={alarm.appealed_at} text={alarm.appeal_text} />}
      {!alarm.appealed_at && alarm.appeal_until && (
        <Section>
          <FoldedForm label={t("decision.contest")} name={`alarm-appeal-${alarm.alarm_id}`}>
            <WrittenForm
              name={`alarm-appeal-${alarm.alarm_id}`}
              label={t("decision.reasons")}
              hint={t("alarm.how", { day: day(alarm.appeal_until) })}
              button={t("decision.send")}
              least={10}
              send={(text, key) =>
                ask(api.POST("/verification/mine/alarms/{alarm_id}/appeal", { params: { path, header: { "Idempotency-Key": key } }, body: { text } }))
              }
              onSent={put(t("alarm.appealed"))}
              reload={() => void refresh()}
            />
          </FoldedForm>
        </Section>
      )}
      <Rulings alarm={alarm} title={t("alarm.last_decision")} acts={["uphold", "lift"]} />
      <p className={classes.soft}>{t("alarm.rights")}</p>
    </Page>
  );
}

function Said({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const both = useBilingual();
  return (
    <Section title={t("alarm.said")}>
      <p className={classes.outcome}>{both(alarm.reason_label)}</p>
      {alarm.text && <blockquote className={classes.quote}>{alarm.text}</blockquote>}
      <p className={classes.soft}>{t("alarm.raised", { day: day(alarm.raised_at), basis: both(alarm.basis_label) })}</p>
      {alarm.papers.length > 0 && (
        <>
          <Title order={3}>{t("alarm.papers")}</Title>
          <ul className={classes.todo}>
            {alarm.papers.map((paper, index) => (
              <li key={index}>
                {both(paper.label)} <span className={classes.soft}>{t("alarm.on_file", { day: day(paper.received_at) })}</span>
              </li>
            ))}
          </ul>
          <p className={classes.soft}>{t("alarm.copies")}</p>
        </>
      )}
    </Section>
  );
}

type Ruling = "put_in_force" | "dismiss" | "withdraw" | "uphold" | "lift";

function Rulings({ alarm, title, acts }: { alarm: Alarm; title: string; acts: readonly Ruling[] }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const these = alarm.rulings.flatMap((one) => acts.filter((act) => act === one.act).map((act) => ({ ...one, act })));
  if (these.length === 0) return null;
  return (
    <Section title={title}>
      {these.map((one) => (
        <div key={one.at}>
          <p className={classes.outcome}>{t(`alarm.ruling.${one.act}`)}</p>
          {one.text && <blockquote className={classes.quote}>{one.text}</blockquote>}
          <p className={classes.soft}>{t("decision.on", { day: day(one.at) })}</p>
        </div>
      ))}
    </Section>
  );
}

function Written({ title, at, text }: { title: string; at: string; text: string | null }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  return (
    <Section title={title}>
      <p className={classes.soft}>{t("appeal.sent_on", { day: day(at) })}</p>
      {text && <blockquote className={classes.quote}>{text}</blockquote>}
    </Section>
  );
}
