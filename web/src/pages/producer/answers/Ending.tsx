import { Button, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import classes from "./Answers.module.css";
import type { HowItEnds } from "./answers";
import { OtherRefusal } from "@/pages/shared/WrittenText";

/** The end of a live project, and with it every answer that is still owed. */
export function Ending({ how, onHow, count, leaks, error, fields, pending, onEnd, onKeep, keeping }: {
  how: HowItEnds | "";
  onHow: (how: HowItEnds) => void;
  /** How many people will hear of it. */
  count: number;
  /** How many passages the last try was refused for. */
  leaks: number;
  error: unknown;
  /** The pointers of what is said beside its field. */
  fields: readonly string[];
  pending: boolean;
  onEnd: () => void;
  onKeep: () => void;
  keeping: boolean;
}) {
  const { t } = useTranslation("answers");
  return (
    <Section title={t("end.title")} hint={t("end.hint")}>
      <form
        className={classes.end}
        onSubmit={(event) => {
          event.preventDefault();
          onEnd();
        }}
      >
        <Radio.Group
          name="how"
          label={t("end.how")}
          value={how}
          onChange={(chosen) => onHow(chosen as HowItEnds)}
          required
          withAsterisk={false}
        >
          <div className={classes.choices}>
            <Radio value="filled" label={t("end.filled")} description={t("end.filled_hint")} required />
            <Radio value="closed" label={t("end.closed")} description={t("end.closed_hint")} required />
          </div>
        </Radio.Group>
        <p>
          <strong>{count > 0 ? t("end.goes", { count }) : t("end.goes_zero")}</strong> {t("end.again")}
        </p>
        {leaks > 0 && <Notice tone="danger" live title={t("leaks", { count: leaks })} />}
        <OtherRefusal error={error} fields={fields} />
        <div className={classes.buttons}>
          <Button type="submit" loading={pending}>
            {count > 0 ? t("end.send", { count }) : t("end.send_zero")}
          </Button>
          {count > 0 && (
            <Button variant="default" loading={keeping} onClick={onKeep}>
              {t("end.keep")}
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
