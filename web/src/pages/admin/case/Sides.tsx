import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { written } from "@/design/siren";
import { Facts, Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Case, CreditReview } from "../cases";
import { AttestationList } from "./AttestationList";
import classes from "./Case.module.css";
import { FileList } from "./FileList";
import { Findings } from "./Findings";
import { LevelChoice } from "./LevelChoice";
import { companyLink, numberLink, NUMBERS } from "./links";
import { useCreditKeys } from "./useCreditKeys";
import { judged, type Draft } from "./verdict";

/** What is declared, on the left, and beside it all that speaks for or against it: of the whole, then of each credit.
 * `draft`: the decision that is prepared, whose levels are chosen here; null for whoever only reads. */
export function Sides({ found, open, draft, setDraft }: {
  found: Case;
  /** Whether the reader may open the files. */
  open: boolean;
  draft: Draft | null;
  setDraft: (change: (before: Draft) => Draft) => void;
}) {
  const { t } = useTranslation("review");
  const sayable = judged(found).map(({ credit_id }) => credit_id);
  const list = useCreditKeys(sayable, draft, setDraft);
  return (
    <Section title={t("sides.title")} hint={t("sides.hint")} plain>
      {(found.person || found.company) && (
        <Pair
          title={t(found.company ? "sides.whole_company" : "sides.whole_person")}
          claim={found.company ? <Company of={found.company} /> : <Person of={found.person} />}
          evidence={
            <>
              <Checks found={found} />
              <FileList files={found.files} caseId={found.case_id} open={open} />
            </>
          }
        />
      )}
      <div ref={list}>
        {found.credits_in_review.map((credit) => (
          <Pair
            key={credit.credit_id}
            credit={credit.credit_id}
            title={credit.claim ? <cite>{credit.claim.title}</cite> : t("past.untitled")}
            claim={
              <>
                <Claim of={credit} />
                {draft && sayable.includes(credit.credit_id) && <LevelChoice credit={credit} draft={draft} setDraft={setDraft} mayRemove={found.state === "in_review"} />}
              </>
            }
            evidence={
              <>
                {credit.corrected_since && (
                  <Notice tone="warning">
                    <p>{t("sides.corrected")}</p>
                  </Notice>
                )}
                <Established of={credit} />
                {credit.findings.length > 0 ? <Findings findings={credit.findings} /> : <p className={classes.soft}>{t("sides.nothing")}</p>}
                <FileList files={credit.files} caseId={found.case_id} open={open} />
                <AttestationList all={credit.attestations} />
              </>
            }
          />
        ))}
      </div>
    </Section>
  );
}

function Pair({ title, credit, claim, evidence }: { title: ReactNode; credit?: string; claim: ReactNode; evidence: ReactNode }) {
  const { t } = useTranslation("review");
  return (
    <div className={classes.pair} data-credit={credit}>
      <div className={classes.claim}>
        <p className={classes.side}>{t("sides.claimed")}</p>
        <Title order={3}>{title}</Title>
        {claim}
      </div>
      <div className={classes.evidence}>
        <p className={classes.side}>{t("sides.shown")}</p>
        {evidence}
      </div>
    </div>
  );
}

function Person({ of }: { of: Case["person"] }) {
  const { t } = useTranslation("review");
  const { list } = useFormats();
  const taxonomy = useTaxonomy();
  if (!of) return null;
  const numbers = NUMBERS.filter((one) => of.external_ids[one]);
  return (
    <Facts
      items={[
        [t("field.name"), of.person_name],
        [t("field.roles"), list(taxonomy.labels("roles", of.roles))],
        [t("field.complete"), t(of.complete ? "field.whole" : "field.incomplete")],
        [
          t("field.numbers"),
          numbers.length > 0 && (
            <ul className={classes.numbers}>
              {numbers.map((one) => (
                <li key={one}>
                  <a href={numberLink(one, of.external_ids[one] ?? "")} target="_blank" rel="noreferrer">
                    {t(`number.${one}`)} {of.external_ids[one]}
                  </a>
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

function Company({ of }: { of: NonNullable<Case["company"]> }) {
  const { t } = useTranslation("review");
  return (
    <>
      <Facts
        items={[
          [t("field.legal_name"), of.legal_name],
          [t("field.siren"), written(of.siren)],
          [t("field.email_domain"), of.email_domain],
          [t("field.mandate"), of.mandate],
        ]}
      />
      <p>
        <a href={companyLink(of.siren)} target="_blank" rel="noreferrer">
          {t("field.look_up")}
        </a>
      </p>
    </>
  );
}

function Claim({ of }: { of: CreditReview }) {
  const { t } = useTranslation("review");
  const { label } = useTaxonomy();
  const { claim } = of;
  if (!claim) return <p>{t("sides.gone")}</p>;
  const { started_year: from, year } = claim;
  return (
    <Facts
      items={[
        [t("field.function"), label("roles", claim.function)],
        [t("field.years"), from && from !== year ? t("field.span", { from, to: year }) : String(year)],
        [t("field.format"), label("formats", claim.format)],
        [t("field.company"), claim.company],
        [t("field.broadcaster"), label("broadcasters", claim.broadcaster)],
        [t("field.isan"), claim.isan],
        [t("field.contribution"), claim.contribution],
      ]}
    />
  );
}

/** The checks of the whole, with what each found; those with nothing to say in one line. */
function Checks({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  const both = useBilingual();
  const whole = found.checks.filter((one) => one.credit_id === null).map((one) => ({ ...one, state: stateOf(one) }));
  const quiet = whole.filter(({ findings, state }) => findings.length === 0 && state === "done");
  if (whole.length === 0) return <p className={classes.soft}>{t("sides.nothing")}</p>;
  return (
    <>
      <ul className={classes.checks}>
        {whole
          .filter((one) => !quiet.includes(one))
          .map(({ check, title, state, findings }) => (
            <li key={check}>
              <p>
                {both(title)}{" "}
                {state !== "done" && <Tag tone={state === "needs_human" || state === "rejected_input" ? "warning" : "plain"}>{t(`check.${state}`)}</Tag>}
              </p>
              {findings.length > 0 && <Findings findings={findings} />}
            </li>
          ))}
      </ul>
      {quiet.length > 0 && <p className={classes.soft}>{t("sides.quiet", { checks: quiet.map(({ title }) => both(title)).join(" · ") })}</p>}
    </>
  );
}

const stateOf = ({ status, outcome }: Case["checks"][number]) => (status === "ended" ? (outcome ?? "done") : status);

function Established({ of }: { of: CreditReview }) {
  const { t } = useTranslation("review");
  const { day } = useFormats();
  if (of.facts.length === 0) return null;
  return (
    <>
      <Title order={4}>{t("facts.title")}</Title>
      <ul className={classes.list}>
        {of.facts.map((one) => (
          <li key={one.fact}>
            {t(one.holds ? "facts.one" : "facts.lapsed", {
              fact: t(`facts.name.${one.fact}`),
              since: day(one.checked_at),
              until: day(one.expires_at),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
