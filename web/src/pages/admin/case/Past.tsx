import { useTranslation } from "react-i18next";
import { Section } from "@/design/Page";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Case, Decision } from "../cases";
import classes from "./Case.module.css";
import { useWho } from "./useWho";

/** What was decided, contested and sent back before, where anything was. */
export function Past({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  const { moment, day } = useFormats();
  const who = useWho();
  const { appeal } = found;
  return (
    <>
      {found.decision && (
        <Section title={t("past.in_force")}>
          <Decided one={found.decision} found={found} />
        </Section>
      )}
      {appeal && (
        <Section title={t("past.appeal")}>
          <p className={classes.soft}>{t("past.appealed", { day: day(appeal.appealed_at) })}</p>
          <blockquote className={classes.quote}>{appeal.text}</blockquote>
        </Section>
      )}
      {appeal?.decision && (
        <Section title={t("past.appeal_decision")} hint={t(appeal.changed ? "past.changed" : "past.upheld")}>
          <Decided one={appeal.decision} found={found} />
        </Section>
      )}
      {found.overturned.map((one) => (
        <Section key={one.overturned_at} title={t("past.overturned")}>
          <p className={classes.soft}>{t("past.note", { moment: moment(one.overturned_at), who: who(one.overturned_by) })}</p>
          {one.note && <blockquote className={classes.quote}>{one.note}</blockquote>}
          <Decided one={one.decision} found={found} proposed />
        </Section>
      ))}
      {found.earlier_decisions.length > 0 && (
        <Section title={t("past.earlier")}>
          {found.earlier_decisions.map((one) => (
            <Decided key={one.decided_at} one={one} found={found} />
          ))}
          {found.earlier_appeals.map((one) => (
            <div key={one.appealed_at}>
              <p className={classes.soft}>
                {t("past.earlier_appeal")} · {t("past.appealed", { day: day(one.appealed_at) })}
              </p>
              <blockquote className={classes.quote}>{one.text}</blockquote>
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

/** The decision that waits for a second person. */
export function Pending({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  if (!found.pending_decision) return null;
  return (
    <Section title={t("past.proposed")}>
      <Decided one={found.pending_decision} found={found} proposed />
    </Section>
  );
}

/** A decision with its reason, its text, what it establishes or takes away, and who made it. */
function Decided({ one, found, proposed = false }: { one: Decision; found: Case; proposed?: boolean }) {
  const { t } = useTranslation("review");
  const { moment } = useFormats();
  const both = useBilingual();
  const who = useWho();
  const titles = new Map(found.credits_in_review.map((credit) => [credit.credit_id, credit.claim?.title]));
  const title = (creditId: string) => titles.get(creditId) ?? t("past.untitled");
  return (
    <div className={classes.decided} data-outcome={one.outcome}>
      <p className={classes.outcome}>{t(`outcome.${one.outcome}`)}</p>
      <p>{t("past.reason", { reason: both(one.reason) })}</p>
      <ul className={classes.list}>
        {one.credits.map(({ credit_id, level }) => (
          <li key={credit_id}>{t("past.establishes", { title: title(credit_id), fact: t(`level.${level ?? "none"}`) })}</li>
        ))}
        {one.removals.map(({ credit_id, level }) => (
          <li key={`${credit_id}-${level}`}>{t("past.removes", { title: title(credit_id), fact: t(`facts.remove_from.${level}`) })}</li>
        ))}
        {one.junior_path && <li>{t("past.junior")}</li>}
      </ul>
      <p className={classes.soft}>{t(proposed ? "past.will_tell" : "past.told")}</p>
      <blockquote className={classes.quote} lang={found.language}>
        {one.text}
      </blockquote>
      <p className={classes.soft}>
        {t(proposed ? "past.proposed_on" : "past.on", { moment: moment(one.decided_at), who: who(one.decided_by) })}{" "}
        {one.seconded_at && t("past.seconded", { moment: moment(one.seconded_at), who: who(one.seconded_by) })}
      </p>
    </div>
  );
}

/** What the subject was asked, and answered. */
export function Questions({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  const { day, moment } = useFormats();
  const who = useWho();
  if (found.questions.length === 0) return null;
  return (
    <Section title={t("questions.title")}>
      {found.questions.map((one) => (
        <div key={one.question_id} className={classes.question}>
          <p className={classes.soft}>{t("questions.asked", { day: day(one.asked_at), who: who(one.asked_by) })}</p>
          <blockquote className={classes.quote}>{one.text}</blockquote>
          {one.answer === null ? (
            <p>{t("questions.awaited", { moment: moment(one.until) })}</p>
          ) : (
            <>
              <p className={classes.soft}>{t("questions.answered", { day: day(one.answered_at ?? one.asked_at) })}</p>
              <blockquote className={classes.quote}>{one.answer}</blockquote>
            </>
          )}
        </div>
      ))}
    </Section>
  );
}
