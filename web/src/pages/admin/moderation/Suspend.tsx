import { Button, Radio } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { Notice } from "@/design/Notice";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import { asSent } from "../../shared/passages";
import { OtherRefusal } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { useStep } from "../useStep";
import { GroundAndFacts, type Grounded } from "./GroundAndFacts";
import { MeasureTaken } from "./MeasureTaken";
import { LASTS, needsSecond } from "./moderation";

type Lasts = (typeof LASTS)[number];
const DAY_MS = 86_400_000;

/** Suspends an account, or a company with all who act for it. */
export function Suspend({ subject, reportId }: { subject: Pick<Shape<"AccusedShape">, "kind" | "id">; reportId: string | null }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  const draft = useDraft<Grounded & { days: Lasts }>(`admin/suspend/${subject.id}`, { ground: "", facts: "", days: 3 });
  const once = useOnce();
  const complete = useComplete();
  const cache = useQueryClient();
  const { days } = draft.value;
  // What is shown is what is sent: the end is set when its length is chosen.
  const until = useMemo(() => (days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString()), [days]);
  const second = needsSecond(days);
  const send = useStep({
    key: reportId === null ? ["admin", "projects"] : ["admin", "reports"],
    send: ({ ground, facts }: Grounded) => {
      if (ground === "") throw new Error("a ground is chosen before it is sent");
      const body = { ground, facts: asSent(facts), until, report_id: reportId };
      const header = { "Idempotency-Key": once.keyFor(body) };
      return ask(
        subject.kind === "company"
          ? api.POST("/admin/companies/{company_id}/suspend", { params: { path: { company_id: subject.id }, header }, body })
          : api.POST("/admin/users/{sub}/suspend", { params: { path: { sub: subject.id }, header }, body }),
      );
    },
    said: (now) => t(now.state === "proposed" ? "suspend.proposed" : "suspend.done"),
    done: () => {
      once.done();
      draft.clear();
      void cache.invalidateQueries({ queryKey: ["admin", "measures"] });
      void cache.invalidateQueries({ queryKey: ["admin", "projects", "list"] });
    },
  });
  if (send.data) return <MeasureTaken measureId={send.data.measure_id} answer={reportId !== null} />;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (complete.check(event.currentTarget)) send.mutate(draft.value);
      }}
    >
      <GroundAndFacts id="suspend" kind={subject.kind} value={draft.value} onChange={draft.set} error={send.error} complete={complete} />
      <Radio.Group
        label={t("suspend.lasts")}
        value={String(days)}
        onChange={(value) => draft.set((now) => ({ ...now, days: value === "null" ? null : (Number(value) as Lasts) }))}
        error={isProblem(send.error) ? send.error.at("/until") : undefined}
      >
        <div className={classes.radios}>
          {LASTS.map((one) => (
            <Radio
              key={String(one)}
              value={String(one)}
              label={one === null ? t("suspend.no_end") : t("suspend.days", { count: one })}
              description={needsSecond(one) ? t("suspend.second") : undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <Notice tone={second ? "warning" : "plain"} title={t("follows")}>
        <ul className={classes.follows}>
          <li>{second ? t("suspend.follows.second") : t("suspend.follows.at_once")}</li>
          <li>{t(`suspend.follows.${subject.kind}`)}</li>
          <li>{until === null ? t("suspend.follows.no_end") : t("suspend.follows.end", { moment: moment(until) })}</li>
          <li>{t("suspend.follows.told")}</li>
        </ul>
      </Notice>
      <OtherRefusal error={send.error} fields={["/ground", "/facts", "/until"]} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending}>
          {t(second ? "suspend.propose" : "suspend.do")}
        </Button>
      </div>
    </form>
  );
}
