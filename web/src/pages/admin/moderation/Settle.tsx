import { Button, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Section } from "@/design/Page";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { asSent } from "../../shared/passages";
import { OtherRefusal, WrittenText } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { useStep } from "../useStep";
import type { Report } from "./moderation";

type Outcome = Shape<"RulingInput">["outcome"];
const OUTCOMES = ["no_breach", "reminder", "measure_taken", "out_of_scope"] as const satisfies readonly Outcome[];

/** Says what came of a report, once for all. */
export function Settle({ report }: { report: Report }) {
  const { t } = useTranslation("adminModeration");
  const draft = useDraft<{ outcome: Outcome | ""; ruling: string; reminder: string }>(`admin/settle/${report.report_id}`, {
    outcome: "",
    ruling: "",
    reminder: "",
  });
  const { outcome, ruling, reminder } = draft.value;
  const complete = useComplete();
  const settle = useStep({
    key: ["admin", "reports"],
    send: (body: Shape<"RulingInput">) =>
      ask(api.POST("/admin/reports/{report_id}/settle", { params: { path: { report_id: report.report_id } }, body })),
    said: () => t("settle.done"),
    done: draft.clear,
  });
  return (
    <Section title={t("settle.title")} hint={t("settle.what")}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete.check(event.currentTarget) || outcome === "") return;
          settle.mutate({ outcome, ruling: asSent(ruling), reminder: outcome === "reminder" ? asSent(reminder) : null });
        }}
      >
        <Radio.Group
          name="outcome"
          label={t("settle.outcome")}
          value={outcome}
          onChange={(value) => draft.set((now) => ({ ...now, outcome: value as Outcome }))}
          error={complete.at("outcome", outcome) ?? (isProblem(settle.error) ? settle.error.at("/outcome") : undefined)}
        >
          <div className={classes.radios}>
            {OUTCOMES.map((one) => (
              <Radio key={one} value={one} label={t(`settle.outcomes.${one}.label`)} description={t(`settle.outcomes.${one}.what`)} required />
            ))}
          </div>
        </Radio.Group>
        <WrittenText
          id="ruling"
          label={t("settle.ruling")}
          hint={t(`settle.ruling_hint.${report.by}`)}
          value={ruling}
          onChange={(text) => draft.set((now) => ({ ...now, ruling: text }))}
          error={settle.error}
          wanting={complete.at("ruling", ruling)}
          pointer="/ruling"
          most={2000}
          required
        />
        {outcome === "reminder" && (
          <WrittenText
            id="reminder"
            label={t("settle.reminder")}
            hint={t("settle.reminder_hint")}
            value={reminder}
            onChange={(text) => draft.set((now) => ({ ...now, reminder: text }))}
            error={settle.error}
            wanting={complete.at("reminder", reminder)}
            pointer="/reminder"
            most={2000}
            required
          />
        )}
        <OtherRefusal error={settle.error} fields={["/outcome", "/ruling", "/reminder"]} />
        <div className={classes.buttons}>
          <Button type="submit" loading={settle.isPending}>
            {t("settle.do")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
