import { Button, Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { asSent } from "../../shared/passages";
import { OtherRefusal, WrittenText } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { useStep } from "../useStep";
import type { Alarm } from "./alarms";

/** Tells the subject: what is said of them, and on which of the files. By who prepared it. */
export function Raise({ one }: { one: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { t: verified } = useTranslation("verification");
  const { day } = useFormats();
  const { sub } = useSession();
  const kept = one.files.filter(({ status }) => status === "accepted");
  const draft = useDraft<{ text: string; without: string[] }>(`admin/raise/${one.alarm_id}`, { text: "", without: [] });
  const { text, without } = draft.value;
  const complete = useComplete();
  const send = useStep({
    key: ["admin", "alarms"],
    send: (body: Shape<"RaiseAlarmInput">) =>
      ask(api.POST("/admin/alarms/{alarm_id}/raise", { params: { path: { alarm_id: one.alarm_id } }, body })),
    said: () => t("raise.done"),
    done: draft.clear,
  });
  if (one.prepared_by !== sub) return null;
  const chosen = kept.map(({ evidence_id }) => evidence_id).filter((id) => !without.includes(id));
  const wrong = isProblem(send.error) ? send.error.at("/documents") : undefined;
  return (
    <Section title={t("raise.title")} hint={t("raise.what")}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete.check(event.currentTarget)) return;
          send.mutate({ text: asSent(text), documents: chosen.map((id) => ({ evidence_id: id, case_id: null })) });
        }}
      >
        <WrittenText
          id="raise-text"
          label={t("raise.text")}
          hint={t("raise.text_hint")}
          value={text}
          onChange={(written) => draft.set((now) => ({ ...now, text: written }))}
          error={send.error}
          wanting={complete.at("raise-text", text)}
          rows={3}
          most={400}
          required
        />
        {kept.length === 0 ? (
          <Notice title={t("raise.no_file")}>
            <p>{t("raise.no_file_what")}</p>
          </Notice>
        ) : (
          <Checkbox.Group
            label={t("raise.documents")}
            value={chosen}
            onChange={(now) => draft.set((before) => ({ ...before, without: kept.map(({ evidence_id }) => evidence_id).filter((id) => !now.includes(id)) }))}
            error={wrong}
          >
            <div className={classes.radios}>
              {kept.map((file) => (
                <Checkbox
                  key={file.evidence_id}
                  value={file.evidence_id}
                  label={verified(`evidence.kind.${file.kind}`)}
                  description={t("files.sent", { day: day(file.offered_at) })}
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <Notice title={t("follows")}>
          <ul className={classes.follows}>
            <li>{t("raise.follows.told")}</li>
            <li>{t("raise.follows.ten_days")}</li>
            <li>{t("raise.follows.another")}</li>
          </ul>
        </Notice>
        <OtherRefusal error={send.error} fields={["/text", "/documents"]} />
        <div className={classes.buttons}>
          <Button type="submit" loading={send.isPending} disabled={chosen.length === 0}>
            {t("raise.do")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
