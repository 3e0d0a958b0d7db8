import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Facts, Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import { History, useWho, Words } from "../Parts";
import { Told } from "../Told";
import { AlarmActs } from "./AlarmActs";
import { AlarmClock } from "./AlarmClock";
import { AlarmFiles } from "./AlarmFiles";
import { alarmQuery, toneOf, type Alarm } from "./alarms";
import { Raise } from "./Raise";

/** One alarm as it is decided on: what it says, the files it rests on, what its subject answered, and what comes next. */
export default function OneAlarm() {
  const { alarmId = "" } = useParams();
  const { t } = useTranslation("adminAlarms");
  return (
    <LoadedPage query={useQuery(alarmQuery(alarmId))} title={t("title")} back={{ to: "/admin/alarms", label: t("back") }}>
      {(one) => <Open key={alarmId} one={one} />}
    </LoadedPage>
  );
}

const EVENTS = [
  "prepared",
  "raised",
  "answered",
  "confirmed",
  "dismissed",
  "withdrawn",
  "appealed",
  "appeal_rejected",
  "lifted",
  "expired",
] as const;

function Open({ one }: { one: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { day, moment } = useFormats();
  const worded = useBilingual();
  const who = useWho();
  const reasons = one.rulings.filter(({ text }) => text);
  return (
    <Page
      title={worded(one.reason_label)}
      back={{ to: "/admin/alarms", label: t("back") }}
      over={
        <>
          {[t(`about.${one.kind}`), one.subject_name].filter(Boolean).join(" · ")} <Tag tone={toneOf(one.state)}>{worded(one.state_label)}</Tag>
        </>
      }
    >
      <Told>
        <div className={classes.standing}>
          <AlarmClock one={one} large />
        </div>
        <Section title={t("said.title")}>
          {one.text ? <Words>{one.text}</Words> : <p className={classes.soft}>{t(one.ended_at ? "said.gone" : "said.nothing_yet")}</p>}
          <Facts
            items={[
              [t("said.basis"), worded(one.basis_label)],
              [t("said.body"), one.basis === "competent_body" && one.reporter],
              [t("said.prepared"), t("by_on", { who: who(one.prepared_by), moment: moment(one.prepared_at) })],
              [t("said.raised"), one.raised_at && moment(one.raised_at)],
              [t("said.reply_until"), one.state === "raised" && one.reply_until && moment(one.reply_until)],
              [t("said.in_force"), one.in_force_from && day(one.in_force_from)],
              [t("said.until"), one.until && day(one.until)],
            ]}
          />
        </Section>
        <AlarmFiles one={one} />
        {one.state === "draft" && <Raise one={one} />}
        {(one.reply || one.appealed_at) && (
          <Section title={t("theirs.title")}>
            {one.reply && (
              <>
                <h3 className={classes.part}>{t("theirs.reply", { day: day(one.reply.replied_at) })}</h3>
                {one.reply.text ? <Words>{one.reply.text}</Words> : <p className={classes.soft}>{t("theirs.gone")}</p>}
              </>
            )}
            {one.appealed_at && (
              <>
                <h3 className={classes.part}>{t("theirs.appeal", { day: day(one.appealed_at) })}</h3>
                {one.appeal_text ? <Words>{one.appeal_text}</Words> : <p className={classes.soft}>{t("theirs.gone")}</p>}
              </>
            )}
          </Section>
        )}
        {reasons.length > 0 && (
          <Section title={t("rulings.title")}>
            {reasons.map((ruling) => (
              <div key={ruling.at}>
                <h3 className={classes.part}>{t(ruling.act === "uphold" ? "rulings.uphold" : "rulings.put_in_force")}</h3>
                <Words>{ruling.text}</Words>
                <p className={classes.soft}>{t("by_on", { who: who(ruling.by), moment: moment(ruling.at) })}</p>
              </div>
            ))}
          </Section>
        )}
        <AlarmActs one={one} />
        <History
          items={one.history.flatMap(({ at, event }) => {
            const known = EVENTS.find((name) => event === `verification.alarm_${name}`);
            return known ? [{ at, words: t(`events.${known}`) }] : [];
          })}
        />
      </Told>
    </Page>
  );
}
