import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { Matter, Opened } from "../../shared/Matter";
import { asSent } from "../../shared/passages";
import { OtherRefusal, WrittenText } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { useStep } from "../useStep";
import { actsOn, alarmQuery, type Alarm } from "./alarms";

/** What its reader may do about an alarm now, and what is for somebody else. */
export function AlarmActs({ one }: { one: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { moment } = useFormats();
  const { sub } = useSession();
  const { may, forAnother, waits } = actsOn(one, sub);
  if (may.length === 0 && forAnother.length === 0 && !waits) return null;
  return (
    <Section title={t("acts.title")}>
      {waits && one.reply_until && (
        <Notice title={t("acts.waits", { moment: moment(one.reply_until) })}>
          <p>{t("acts.waits_what")}</p>
        </Notice>
      )}
      {forAnother.length > 0 && !waits && (
        <Notice title={t(one.state === "in_force" || one.state === "appealed" ? "acts.third_needed" : "acts.second_needed")}>
          <p>{t("acts.four_eyes")}</p>
        </Notice>
      )}
      {may.includes("put_in_force") && <Reasoned one={one} act="put_in_force" />}
      {may.includes("uphold") && <Reasoned one={one} act="uphold" />}
      {may.includes("dismiss") && <Act one={one} act="dismiss" />}
      {may.includes("lift") && <Act one={one} act="lift" />}
      {may.includes("withdraw") && <Act one={one} act={one.state === "draft" ? "withdraw_draft" : "withdraw"} />}
    </Section>
  );
}

/** How an alarm stands once it was read again, for whoever came too late. */
function useStandsNow(alarmId: string) {
  const worded = useBilingual();
  const cache = useQueryClient();
  return () => {
    const now = cache.getQueryData(alarmQuery(alarmId).queryKey);
    return now && worded(now.state_label);
  };
}

/** What goes against the subject: they read why. */
function Reasoned({ one, act }: { one: Alarm; act: "put_in_force" | "uphold" }) {
  const { t } = useTranslation("adminAlarms");
  const draft = useDraft(`admin/alarm/${one.alarm_id}/${act}`, "");
  const complete = useComplete();
  const step = useStep({
    key: ["admin", "alarms"],
    send: (text: string) => {
      const params = { path: { alarm_id: one.alarm_id }, header: { "If-Match": `"${one.version}"` } };
      return ask(
        act === "uphold"
          ? api.POST("/admin/alarms/{alarm_id}/uphold", { params, body: { text } })
          : api.POST("/admin/alarms/{alarm_id}/put-in-force", { params, body: { text } }),
      );
    },
    said: () => t(`acts.${act}.done`),
    done: draft.clear,
    nowStands: useStandsNow(one.alarm_id),
  });
  return (
    <Matter title={t(`acts.${act}.title`)}>
      <p>{t(`acts.${act}.what`)}</p>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (complete.check(event.currentTarget)) step.mutate(asSent(draft.value));
        }}
      >
        <WrittenText
          id={`alarm-${act}`}
          label={t(`acts.${act}.label`)}
          hint={t("acts.text_hint")}
          value={draft.value}
          onChange={draft.set}
          error={step.error}
          wanting={complete.at(`alarm-${act}`, draft.value)}
          most={1000}
          required
        />
        <OtherRefusal error={step.error} />
        <div className={classes.buttons}>
          <Button type="submit" loading={step.isPending}>
            {t(`acts.${act}.do`)}
          </Button>
        </div>
      </form>
    </Matter>
  );
}

/** What is done without a word of why; what it brings about is said before it is done. */
function Act({ one, act }: { one: Alarm; act: "dismiss" | "lift" | "withdraw" | "withdraw_draft" }) {
  const { t } = useTranslation("adminAlarms");
  const path = { alarm_id: one.alarm_id };
  const header = { "If-Match": `"${one.version}"` };
  const step = useStep({
    key: ["admin", "alarms"],
    send: () =>
      ask(
        act === "dismiss"
          ? api.POST("/admin/alarms/{alarm_id}/dismiss", { params: { path, header } })
          : act === "lift"
            ? api.POST("/admin/alarms/{alarm_id}/lift", { params: { path, header } })
            : api.POST("/admin/alarms/{alarm_id}/withdraw", { params: { path } }),
      ),
    said: () => t(`acts.${act}.done`),
    nowStands: useStandsNow(one.alarm_id),
  });
  return (
    <Matter title={t(`acts.${act}.title`)}>
      <p>{t(`acts.${act}.what`)}</p>
      <Opened label={t(`acts.${act}.open`)}>
        {() => (
          <div className={classes.form}>
            <p className={classes.soft}>{t(`acts.${act}.sure`)}</p>
            <OtherRefusal error={step.error} />
            <div className={classes.buttons}>
              <Button loading={step.isPending} onClick={() => step.mutate(undefined)}>
                {t(`acts.${act}.do`)}
              </Button>
            </div>
          </div>
        )}
      </Opened>
    </Matter>
  );
}
