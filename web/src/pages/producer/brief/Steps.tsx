import { Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { OneOf } from "@/design/Choices";
import { Count, Day, errorWithin, OneWord, Several, TwoLanguages, useForm } from "./Fields";
import { Optional } from "@/design/Optional";
import type { Unit } from "./fields";
import { idOf, LONGEST } from "./limits";
import { Marked } from "./Marked";
import { RateGuide } from "./RateGuide";
import classes from "./Editor.module.css";

/** What the project is. */
export function ProjectStep() {
  const { t } = useTranslation("brief");
  const { editor, findings } = useForm();
  const { fields, set, error } = editor;
  return (
    <>
      <div className={classes.pair}>
        <Marked
          id={idOf("code_name")}
          label={t("field.code_name")}
          hint={t("hint.code_name")}
          error={error("/code_name")}
          language={null}
          value={fields.code_name}
          onChange={(value) => set("code_name", value)}
          findings={findings.filter((one) => one.pointer === "/code_name")}
          most={LONGEST.code_name}
          lines={1}
          oneLine
        />
        <TextInput
          id={idOf("confidential_title")}
          label={<Optional label={t("field.confidential_title")} />}
          description={t("hint.confidential_title")}
          error={error("/confidential_title")}
          value={fields.confidential_title}
          maxLength={LONGEST.confidential_title}
          onChange={(event) => set("confidential_title", event.currentTarget.value)}
        />
      </div>
      <div className={classes.triple}>
        <OneWord name="format" list />
        <OneWord name="development_stage" list />
        <Count
          name="episode_count"
          label={t("field.episode_count")}
          optional
          value={fields.episode_count}
          onChange={(value) => set("episode_count", value || null)}
          error={error("/episode_count")}
          most={1000}
        />
      </div>
      <Several name="genres" />
      <Several name="tones" />
      <Several name="universes" />
      <Several name="audiences" />
      <OneWord name="source_material" />
      <OneWord name="rights_status" />
      <div className={classes.pair}>
        <Day
          name="option_end_date"
          label={t("field.option_end_date")}
          hint={t("hint.option_end_date")}
          optional={fields.rights_status !== "optioned"}
          value={fields.option_end_date ?? ""}
          onChange={(value) => set("option_end_date", value || null)}
          error={error("/option_end_date")}
        />
        <OneWord name="targeted_broadcaster" list />
      </div>
    </>
  );
}

/** What it tells. */
export function StoryStep() {
  return (
    <>
      <TwoLanguages name="logline" lines={3} oneLine />
      <Several name="stakes" />
      <TwoLanguages name="pitch" lines={8} />
    </>
  );
}

/** Whom it needs. */
export function NeedStep() {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const { fields, set, error } = editor;
  const window = fields.start_window;
  return (
    <>
      <OneWord name="role" />
      <Several name="tasks" />
      <TwoLanguages name="detailed_tasks" lines={3} />
      <Several name="levels" />
      <Several name="languages" />
      <OneWord name="working_mode" />
      {fields.working_mode !== null && fields.working_mode !== "remote" && (
        <div className={classes.pair}>
          <OneWord name="region" list />
        </div>
      )}
      <div className={classes.triple}>
        <Day
          name="start_window"
          label={t("field.start_from")}
          value={window.from}
          onChange={(from) => set("start_window", { ...window, from })}
          error={error("/start_window/from") ?? error("/start_window")}
        />
        <Day
          name="start_until"
          label={t("field.start_until")}
          value={window.until}
          onChange={(until) => set("start_window", { ...window, until })}
          error={error("/start_window/until")}
        />
        <Count
          name="estimated_days"
          label={t("field.estimated_days")}
          value={fields.estimated_days}
          onChange={(value) => set("estimated_days", value || null)}
          error={error("/estimated_days")}
          most={1000}
        />
      </div>
      <Several name="contract_forms" />
    </>
  );
}

const UNITS: readonly Unit[] = ["day", "week", "month", "flat"];

/** What it pays, and until when. */
export function MoneyStep() {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const { fields, set, error } = editor;
  const { budget } = fields;
  return (
    <>
      <div className={classes.beside}>
        <div className={classes.stack}>
          <OneOf
            id={idOf("budget_unit")}
            label={t("field.budget_unit")}
            choices={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
            value={budget.unit}
            onChange={(unit) => set("budget", { ...budget, unit: unit as Unit })}
          />
          <div className={classes.pair}>
            <Count
              name="budget"
              label={t("field.budget_min")}
              value={budget.min}
              onChange={(min) => set("budget", { ...budget, min })}
              error={errorWithin(editor, "budget", "min")}
              suffix={"\u202f€"}
              most={1_000_000}
            />
            <Count
              name="budget_max"
              label={t("field.budget_max")}
              value={budget.max}
              onChange={(max) => set("budget", { ...budget, max })}
              error={error("/budget/max")}
              suffix={"\u202f€"}
              most={1_000_000}
            />
          </div>
        </div>
        <RateGuide />
      </div>
      <div className={classes.pair}>
        <Count
          name="renewal_notice_days"
          label={t("field.renewal_notice_days")}
          hint={t("hint.renewal_notice_days")}
          optional
          value={fields.renewal_notice_days}
          onChange={(value) => set("renewal_notice_days", value)}
          error={error("/renewal_notice_days")}
          most={365}
        />
        <Day
          name="broadcaster_date"
          label={t("field.broadcaster_date")}
          hint={t("hint.broadcaster_date")}
          optional
          value={fields.broadcaster_date ?? ""}
          onChange={(value) => set("broadcaster_date", value || null)}
          error={error("/broadcaster_date")}
        />
      </div>
      <OneOf
        id={idOf("junior_seats")}
        label={t("field.junior_seats")}
        hint={t("hint.junior_seats")}
        error={error("/junior_seats")}
        choices={[1, 2, 3, 4].map((seats) => ({ value: String(seats), label: t("seats", { count: seats }) }))}
        value={String(fields.junior_seats ?? 1)}
        onChange={(seats) => set("junior_seats", Number(seats) === 1 ? null : Number(seats))}
      />
      <Switch
        id={idOf("company_affinity")}
        label={t("field.company_affinity")}
        description={t("hint.company_affinity")}
        checked={fields.company_affinity !== false}
        onChange={(event) => set("company_affinity", event.currentTarget.checked ? null : false)}
      />
    </>
  );
}
