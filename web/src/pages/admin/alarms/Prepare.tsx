import { Button, NativeSelect, Radio, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import classes from "../admin.module.css";
import { referenceIn } from "../moderation/moderation";
import { alarmQuery, BASES, type Basis, type Reason } from "./alarms";

/** From where one comes: whom it is about, and who reported them. */
interface Begun {
  kind: "profile" | "company";
  subject: string;
  reporter: string;
}

const REASONS = Object.keys(BASES) as Reason[];

/** Begins an alarm: whom it is about, why, on whose word. Its files come next, and nobody is told yet. */
export default function Prepare() {
  const { t } = useTranslation("adminAlarms");
  const begun = useLocation().state as Begun | null;
  const draft = useDraft<{ kind: "profile" | "company"; subject: string; reason: Reason | ""; basis: Basis | ""; reporter: string }>(
    `admin/alarm/${begun?.subject ?? "new"}`,
    { kind: begun?.kind ?? "profile", subject: "", reason: "", basis: "", reporter: "" },
  );
  const { kind, subject, reason, basis, reporter } = draft.value;
  const bases = reason ? BASES[reason] : [];
  const once = useOnce();
  const complete = useComplete();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [unknown, setUnknown] = useState(false);
  const send = useMutation({
    mutationFn: (body: Shape<"PrepareAlarmInput">) =>
      ask(api.POST("/admin/alarms", { params: { header: { "Idempotency-Key": once.keyFor(body) } }, body })),
    onSuccess: async (now) => {
      once.done();
      draft.clear();
      cache.setQueryData(alarmQuery(now.alarm_id).queryKey, now);
      void cache.invalidateQueries({ queryKey: ["admin", "alarms", "list"] });
      await navigate(`/admin/alarms/${now.alarm_id}`);
    },
  });
  const at = (name: string) => (isProblem(send.error) ? send.error.at(`/${name}`) : undefined);
  const fromReport = basis === "signed_report" && begun !== null;
  return (
    <Page title={t("prepare.title")} lead={<p>{t("prepare.lead")}</p>} back={{ to: "/admin/alarms", label: t("back") }} width="narrow">
      <Section>
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!complete.check(event.currentTarget)) return;
            const about = begun?.subject ?? referenceIn(subject);
            setUnknown(about === null);
            if (about === null) return document.getElementById("alarm-subject")?.focus();
            if (reason === "" || basis === "") return;
            send.mutate({
              kind,
              subject_id: about,
              reason,
              basis,
              reporter: basis === "own_finding" ? null : fromReport ? begun.reporter : reporter.trim(),
            });
          }}
        >
          {begun ? (
            <p>{t(`prepare.begun.${kind}`)}</p>
          ) : (
            <>
              <Radio.Group
                label={t("prepare.kind")}
                value={kind}
                onChange={(value) => draft.set((now) => ({ ...now, kind: value as "profile" | "company" }))}
              >
                <div className={classes.radios}>
                  <Radio value="profile" label={t("kinds.profile")} />
                  <Radio value="company" label={t("kinds.company")} />
                </div>
              </Radio.Group>
              <TextInput
                id="alarm-subject"
                label={t("prepare.subject")}
                description={t("prepare.subject_hint")}
                value={subject}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  draft.set((now) => ({ ...now, subject: value }));
                }}
                error={complete.at("alarm-subject", subject) ?? (unknown ? t("prepare.no_subject") : at("subject_id"))}
                required
                withAsterisk={false}
              />
            </>
          )}
          <NativeSelect
            id="alarm-reason"
            label={t("prepare.reason")}
            value={reason}
            onChange={(event) => {
              const chosen = event.currentTarget.value as Reason | "";
              draft.set((now) => ({
                ...now,
                reason: chosen,
                basis: chosen && now.basis && BASES[chosen].includes(now.basis) ? now.basis : "",
              }));
            }}
            data={[{ value: "", label: t("prepare.choose") }, ...REASONS.map((one) => ({ value: one, label: t(`reasons.${one}`) }))]}
            error={complete.at("alarm-reason", reason) ?? at("reason")}
            required
            withAsterisk={false}
          />
          {reason && (
            <Radio.Group
              name="basis"
              label={t("prepare.basis")}
              description={t("prepare.basis_hint")}
              value={basis}
              onChange={(value) => draft.set((now) => ({ ...now, basis: value as Basis }))}
              error={complete.at("basis", basis) ?? at("basis")}
            >
              <div className={classes.radios}>
                {bases.map((one) => (
                  <Radio key={one} value={one} label={t(`bases.${one}`)} required />
                ))}
              </div>
            </Radio.Group>
          )}
          {fromReport && <p>{t("prepare.from_report")}</p>}
          {basis && basis !== "own_finding" && !fromReport && (
            <TextInput
              id="alarm-reporter"
              label={t(`prepare.reporter.${basis}`)}
              description={t(`prepare.reporter_hint.${basis}`)}
              value={reporter}
              onChange={(event) => {
                const { value } = event.currentTarget;
                draft.set((now) => ({ ...now, reporter: value }));
              }}
              error={complete.at("alarm-reporter", reporter) ?? at("reporter")}
              maxLength={200}
              required
              withAsterisk={false}
            />
          )}
          <p className={classes.soft}>{t("prepare.follows")}</p>
          <Refusal error={send.error} fields={["/subject_id", "/reason", "/basis", "/reporter"]} />
          <div className={classes.buttons}>
            <Button type="submit" loading={send.isPending}>
              {t("prepare.do")}
            </Button>
          </div>
        </form>
      </Section>
    </Page>
  );
}
