import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "@/api/client";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Facts, Tag } from "@/design/Tag";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { toneOf } from "../../shared/decisions";
import { Matter, Opened } from "../../shared/Matter";
import { asSent } from "../../shared/passages";
import { OtherRefusal, WrittenText } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { History, useWho, Words } from "../Parts";
import { Told } from "../Told";
import { useStep } from "../useStep";
import { MeasureClock } from "./MeasureClock";
import { actsOn, measureQuery, type Measure } from "./moderation";

/** A decision against somebody: what they answered, and what another administrator does about it. */
export default function OneMeasure() {
  const { measureId = "" } = useParams();
  const { t } = useTranslation("adminModeration");
  return (
    <LoadedPage query={useQuery(measureQuery(measureId))} title={t("measures.title")} back={{ to: "/admin/measures", label: t("measure.back") }}>
      {(one) => <Open key={measureId} one={one} />}
    </LoadedPage>
  );
}

const EVENTS = [
  "return_ordered",
  "suspension_proposed",
  "suspension_declined",
  "suspended",
  "answered",
  "appealed",
  "appeal_rejected",
  "lifted",
  "expired",
  "effect_overdue",
] as const;

function Open({ one }: { one: Measure }) {
  const { t } = useTranslation("adminModeration");
  const { t: decided } = useTranslation("decisions");
  const { day, moment } = useFormats();
  const worded = useBilingual();
  const who = useWho();
  const { statement, reply, appeal } = one;
  return (
    <Page
      title={worded(statement.ground.label)}
      back={{ to: "/admin/measures", label: t("measure.back") }}
      over={
        <>
          {t(`measures.kind.${one.kind}`)} <Tag tone={toneOf(one.state)}>{decided(`measures.state.${one.state}`)}</Tag>
        </>
      }
    >
      <Told>
        <div className={classes.standing}>
          <MeasureClock one={one} large />
        </div>
        <Section title={t("measure.decision")}>
          <p className={classes.decision}>{worded(statement.decision)}</p>
          <Facts
            items={[
              [t("measure.decided_by"), t("by_on", { who: who(one.decided_by), moment: moment(one.decided_at) })],
              [t("measure.seconded_by"), one.seconded_by && who(one.seconded_by)],
              [t("measure.until"), statement.until ? day(statement.until) : one.kind !== "brief" && t("measure.no_end")],
              [t("measure.reply_until"), !reply && one.in_force && one.reply_until && day(one.reply_until)],
              [t("measure.appeal_until"), one.appeal_until && day(one.appeal_until)],
              [
                t("measure.prompted"),
                one.report_id ? (
                  <Link to={`/admin/reports/${one.report_id}`}>{t("measure.from_report")}</Link>
                ) : (
                  t("measure.own_initiative")
                ),
              ],
            ]}
          />
          <h3 className={classes.part}>{t("measure.facts")}</h3>
          <Words>{statement.facts}</Words>
          <h3 className={classes.part}>{t("measure.rule")}</h3>
          <p>{worded(statement.rule)}</p>
        </Section>
        {(reply || appeal) && (
          <Section title={t("measure.theirs")}>
            {reply && (
              <>
                <h3 className={classes.part}>{t("measure.reply", { day: day(reply.at) })}</h3>
                <Words>{reply.text}</Words>
              </>
            )}
            {appeal && (
              <>
                <h3 className={classes.part}>{t("measure.appeal", { day: day(appeal.at) })}</h3>
                <Words>{appeal.text}</Words>
              </>
            )}
            {one.upheld && (
              <>
                <h3 className={classes.part}>{t("measure.upheld")}</h3>
                <Words>{one.upheld}</Words>
              </>
            )}
          </Section>
        )}
        <Deciding one={one} />
        <History
          items={one.history.flatMap(({ at, by, event }) => {
            const known = EVENTS.find((name) => event === `moderation.${name}`);
            return known ? [{ at, words: t(`measure.events.${known}`), who: who(by) }] : [];
          })}
        />
      </Told>
    </Page>
  );
}

function Deciding({ one }: { one: Measure }) {
  const { t } = useTranslation("adminModeration");
  const { sub } = useSession();
  const { may, forAnother } = actsOn(one, sub);
  if (may.length === 0 && forAnother.length === 0) return null;
  const own = one.decided_by === sub;
  return (
    <Section title={t("measure.decide.title")}>
      {forAnother.length > 0 && (
        <Notice title={t(one.state === "proposed" ? "measure.decide.second_needed" : "measure.decide.third_needed")}>
          <p>{t("measure.decide.four_eyes")}</p>
        </Notice>
      )}
      {may.includes("confirm") && <Act one={one} act="confirm" />}
      {may.includes("decline") && <Act one={one} act={own ? "take_back" : "decline"} />}
      {may.includes("lift") && <Act one={one} act={one.state === "appealed" ? "lift_appealed" : "lift"} />}
      {may.includes("uphold") && <Uphold one={one} />}
    </Section>
  );
}

/** How a decision stands once it was read again, for whoever came too late. */
function useStandsNow(measureId: string) {
  const { t } = useTranslation("decisions");
  const cache = useQueryClient();
  return () => {
    const now = cache.getQueryData(measureQuery(measureId).queryKey);
    return now && t(`measures.state.${now.state}`);
  };
}

/** What is done without a word of why; what it brings about is said before it is done. */
function Act({ one, act }: { one: Measure; act: "confirm" | "decline" | "take_back" | "lift" | "lift_appealed" }) {
  const { t } = useTranslation("adminModeration");
  const params = { path: { measure_id: one.measure_id }, header: { "If-Match": `"${one.version}"` } };
  const step = useStep({
    key: ["admin", "measures"],
    send: () =>
      ask(
        act === "confirm"
          ? api.POST("/admin/measures/{measure_id}/confirm", { params })
          : act === "lift" || act === "lift_appealed"
            ? api.POST("/admin/measures/{measure_id}/lift", { params })
            : api.POST("/admin/measures/{measure_id}/decline", { params }),
      ),
    said: () => t(`measure.acts.${act}.done`),
    nowStands: useStandsNow(one.measure_id),
  });
  return (
    <Matter title={t(`measure.acts.${act}.title`)}>
      <p>{t(`measure.acts.${act}.what.${one.kind}`)}</p>
      <Opened label={t(`measure.acts.${act}.open`)}>
        {() => (
          <div className={classes.form}>
            <p className={classes.soft}>{t(`measure.acts.${act}.sure`)}</p>
            <OtherRefusal error={step.error} />
            <div className={classes.buttons}>
              <Button loading={step.isPending} onClick={() => step.mutate(undefined)}>
                {t(`measure.acts.${act}.do`)}
              </Button>
            </div>
          </div>
        )}
      </Opened>
    </Matter>
  );
}

function Uphold({ one }: { one: Measure }) {
  const { t } = useTranslation("adminModeration");
  const draft = useDraft(`admin/uphold/${one.measure_id}`, "");
  const complete = useComplete();
  const step = useStep({
    key: ["admin", "measures"],
    send: (text: string) =>
      ask(
        api.POST("/admin/measures/{measure_id}/uphold", {
          params: { path: { measure_id: one.measure_id }, header: { "If-Match": `"${one.version}"` } },
          body: { text },
        }),
      ),
    said: () => t("measure.uphold.done"),
    done: draft.clear,
    nowStands: useStandsNow(one.measure_id),
  });
  return (
    <Matter title={t("measure.uphold.title")}>
      <p>{t("measure.uphold.what")}</p>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (complete.check(event.currentTarget)) step.mutate(asSent(draft.value));
        }}
      >
        <WrittenText
          id="uphold"
          label={t("measure.uphold.label")}
          hint={t("measure.uphold.hint")}
          value={draft.value}
          onChange={draft.set}
          error={step.error}
          wanting={complete.at("uphold", draft.value)}
          required
        />
        <OtherRefusal error={step.error} />
        <div className={classes.buttons}>
          <Button type="submit" loading={step.isPending}>
            {t("measure.uphold.do")}
          </Button>
        </div>
      </form>
    </Matter>
  );
}
