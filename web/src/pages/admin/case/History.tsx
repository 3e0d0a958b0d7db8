import { useTranslation } from "react-i18next";
import { Section } from "@/design/Page";
import { useBilingual, useFormats } from "@/i18n/format";
import type words from "@/i18n/fr/review";
import type { Case } from "../cases";
import classes from "./Case.module.css";
import { useWho } from "./useWho";

type Event = keyof typeof words.history.event;
type Happened = Case["history"][number];

const EVENTS: readonly Exclude<Event, "other">[] = [
  "opened", "submitted", "planned", "step_ended", "queued", "checks_renewed", "advised", "claimed", "lease_renewed", "released",
  "information_requested", "information_provided", "decision_proposed", "decision_overturned", "decided", "appealed",
  "appeal_decided", "closed", "withdrawn", "expired", "reopened", "evidence_accepted", "evidence_rejected", "evidence_opened",
  "evidence_deleted", "attestation_asked", "attestation_answered", "attestation_cancelled",
];
/** Under which names an event tells who did it. */
const ACTORS = ["reviewer_sub", "reader", "proposed_by", "overturned_by", "seconded_by", "decided_by", "reopened_by"] as const;

const nameOf = ({ event }: Happened): Event => EVENTS.find((one) => `verification.${one}` === event) ?? "other";

function actorOf({ event, details }: Happened): string | null {
  const by = event === "verification.decision_overturned" ? ["overturned_by"] : ACTORS;
  const found = by.map((name) => details[name]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : null;
}

/** All that happened to the case, the latest first. */
export function History({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  const { moment } = useFormats();
  const both = useBilingual();
  const who = useWho();
  const check = (step: unknown) => {
    const kind = typeof step === "string" ? step.split("#")[0] : "";
    const title = found.checks.find((one) => one.check === kind)?.title;
    return title ? ` · ${both(title)}` : "";
  };
  return (
    <Section>
      <details className={classes.fold}>
        <summary>
          <h2>{t("history.title")}</h2>
        </summary>
        <ol className={classes.history} reversed>
          {found.history.toReversed().map((one, index) => {
            const actor = actorOf(one);
            return (
              <li key={index}>
                {t(`history.event.${nameOf(one)}`)}
                {check(one.details["step"])}
                <span className={classes.soft}>
                  {actor ? t("history.line", { moment: moment(one.at), who: who(actor) }) : moment(one.at)}
                </span>
              </li>
            );
          })}
        </ol>
      </details>
    </Section>
  );
}
