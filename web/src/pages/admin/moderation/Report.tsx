import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Facts, Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { useSize } from "../../shared/Files";
import { OtherRefusal } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { Due, History, useWho, Words } from "../Parts";
import { Told } from "../Told";
import { useNow } from "../useNow";
import { useStep } from "../useStep";
import { ReportMeasures } from "./ReportMeasures";
import { holderOf, reportQuery, type Report } from "./moderation";
import { Settle } from "./Settle";

/** One report: what it is about as it stands now, taking it, doing something about it, answering it. */
export default function OneReport() {
  const { reportId = "" } = useParams();
  const { t } = useTranslation("adminModeration");
  return (
    <LoadedPage query={useQuery(reportQuery(reportId))} title={t("title")} back={{ to: "/admin/moderation", label: t("report.back") }}>
      {(one) => <Open key={reportId} one={one} />}
    </LoadedPage>
  );
}

const EVENTS = ["report_filed", "report_claimed", "report_released", "report_decided"] as const;

function Open({ one }: { one: Report }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  const worded = useBilingual();
  const who = useWho();
  const { sub } = useSession();
  const now = useNow(one.claimed_until);
  const mine = !one.settled_at && holderOf(one, sub, now) === "me";
  return (
    <Page
      title={worded(one.reason.label)}
      back={{ to: "/admin/moderation", label: t("report.back") }}
      over={
        <>
          {t(`reports.about.${one.about}`)}{" "}
          {one.settled_at ? <Tag tone="good">{t("reports.settled")}</Tag> : <Tag tone="warning">{t("reports.waiting")}</Tag>}
        </>
      }
    >
      <Told>
        {!one.settled_at && <Holding one={one} now={now} />}
        <Section title={t("report.reported")} hint={t("report.reported_hint")}>
          <Reported one={one} />
        </Section>
        <Section title={t("report.said")}>
          {one.text ? <Words>{one.text}</Words> : <p className={classes.soft}>{t("report.no_words")}</p>}
          <Facts
            items={[
              [t("report.from"), t(`reports.by.${one.by}`)],
              [t("report.on"), moment(one.reported_at)],
              [t("report.against"), t(`report.againsts.${one.against.kind}`)],
            ]}
          />
        </Section>
        {mine && <ReportMeasures report={one} />}
        {mine && <Settle report={one} />}
        {one.settled_at && (
          <Section title={t("report.settled")}>
            {one.outcome && <p className={classes.decision}>{worded(one.outcome.label)}</p>}
            <p className={classes.soft}>{t("by_on", { who: who(one.settled_by), moment: moment(one.settled_at) })}</p>
            {one.ruling && (
              <>
                <h3 className={classes.part}>{t("report.ruling")}</h3>
                <Words>{one.ruling}</Words>
              </>
            )}
            {one.reminder && (
              <>
                <h3 className={classes.part}>{t("report.reminder")}</h3>
                <Words>{one.reminder}</Words>
              </>
            )}
          </Section>
        )}
        <History
          items={one.history.flatMap(({ at, by, event }) => {
            const known = EVENTS.find((name) => event === `moderation.${name}`);
            // Who reported is not named, here as elsewhere.
            return known ? [{ at, words: t(`report.events.${known}`), ...(known !== "report_filed" && { who: who(by) }) }] : [];
          })}
        />
      </Told>
    </Page>
  );
}

/** Whose it is for now: nobody decides about what somebody else is reading. */
function Holding({ one, now }: { one: Report; now: number }) {
  const { t } = useTranslation("adminModeration");
  const { time } = useFormats();
  const { sub } = useSession();
  const cache = useQueryClient();
  const params = { path: { report_id: one.report_id } };
  const key = ["admin", "reports"];
  const nowStands = () => {
    const found = cache.getQueryData(reportQuery(one.report_id).queryKey);
    if (!found) return undefined;
    return found.settled_at ? t("reports.settled") : t(`reports.held.${holderOf(found, sub, Date.now())}`);
  };
  const claim = useStep({
    key,
    send: () => ask(api.POST("/admin/reports/{report_id}/claim", { params })),
    said: (after) => t("report.claimed", { time: time(after.claimed_until ?? "") }),
    nowStands,
  });
  const release = useStep({
    key,
    send: () => ask(api.POST("/admin/reports/{report_id}/release", { params })),
    said: () => t("report.released"),
    nowStands,
  });
  const holder = holderOf(one, sub, now);
  const lost = holder === "nobody" && one.claimed_by === sub;
  const until = one.claimed_until ? time(one.claimed_until) : "";
  return (
    <>
      <div className={classes.standing}>
        <Due at={one.due_at} large />
        {holder === "another" && <p>{t("report.held.another", { time: until })}</p>}
        {holder === "me" && <p>{t("report.held.me", { time: until })}</p>}
        {lost && <p role="status">{t("report.held.lost", { time: until })}</p>}
        {holder !== "another" && (
          <div className={classes.buttons}>
            <Button variant={holder === "me" ? "default" : "filled"} loading={claim.isPending} onClick={() => claim.mutate(undefined)}>
              {t(holder === "me" ? "report.renew" : "report.claim")}
            </Button>
            {holder === "me" && (
              <Button variant="subtle" loading={release.isPending} onClick={() => release.mutate(undefined)}>
                {t("report.release")}
              </Button>
            )}
          </div>
        )}
      </div>
      <OtherRefusal error={claim.error ?? release.error} />
    </>
  );
}

const PARTS = ["code_name", "logline", "pitch", "detailed_tasks", "display_name", "bio", "credit", "producer", "freelancer"] as const;

function Reported({ one }: { one: Report }) {
  const { t } = useTranslation("adminModeration");
  const size = useSize();
  const { excerpts, message_text: reported } = one;
  if (excerpts.length === 0) return <p>{reported ?? t("report.gone")}</p>;
  const named = (part: string) => {
    const [name, language] = part.split(".");
    const known = PARTS.find((one) => one === name);
    if (!known) return t("report.part.other");
    return language === "fr" || language === "en"
      ? t("report.part_in", { part: t(`report.part.${known}`), language: t(`report.language.${language}`) })
      : t(`report.part.${known}`);
  };
  const sizeOf = (file: NonNullable<Shape<"ExcerptShape">["file"]>) =>
    file.name ? t("report.file", { name: file.name, size: size(file.size) }) : t("report.file_gone");
  return (
    <dl className={classes.passages}>
      {excerpts.map((excerpt, index) => (
        <div key={index}>
          <dt>{named(excerpt.part)}</dt>
          <dd lang={/\.(fr|en)$/.exec(excerpt.part)?.[1]}>{excerpt.file ? sizeOf(excerpt.file) : excerpt.text}</dd>
        </div>
      ))}
    </dl>
  );
}
