import { Button, Title, VisuallyHidden } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { safe } from "@/design/links";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { Attestations } from "./Attestations";
import { Clock } from "./Clock";
import { CreditFacts } from "./CreditFacts";
import { Done, type Said } from "./Done";
import { Evidence } from "./Evidence";
import { FoldedForm } from "./FoldedForm";
import { WrittenForm } from "./WrittenForm";
import { badgesQuery, caseQuery, isOpen, mayWithdraw, phasesOf, toneOf, type Case } from "./cases";
import classes from "./verification.module.css";

/** One verification as whoever it is about follows it. */
export default function VerificationCase() {
  const { caseId = "" } = useParams();
  const { t } = useTranslation("verification");
  return (
    <LoadedPage query={useQuery(caseQuery(caseId))} title={t("title")} back={{ to: "/verification", label: t("title") }}>
      {(found) => <Shown key={caseId} found={found} />}
    </LoadedPage>
  );
}

function Shown({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const both = useBilingual();
  const cache = useQueryClient();
  const freelancer = useSession().role === "freelancer";
  const { data: badges } = useQuery({ ...badgesQuery, enabled: freelancer && found.credit_id !== null });
  const [done, setDone] = useState<Said | null>(null);
  const id = found.case_id;
  const refresh = () => cache.invalidateQueries({ queryKey: ["verification"] });
  const put = (said: string) => (now: Case) => {
    cache.setQueryData(caseQuery(id).queryKey, now);
    void refresh();
    setDone({ text: said });
  };
  const credit = [...found.badges, ...(badges?.credits ?? [])].find((one) => one.credit_id === found.credit_id);
  const open = isOpen(found);
  return (
    <Page
      title={credit ? t("of_this_credit", { title: credit.title }) : t(`of.${found.kind}`)}
      back={{ to: "/verification", label: t("title") }}
      over={<Tag tone={toneOf(found)}>{both(found.state_label)}</Tag>}
    >
      <VisuallyHidden role="status">{both(found.state_label)}</VisuallyHidden>
      <Standing found={found} />
      <Phases found={found} />
      <Done said={done} />
      <Missing found={found} />
      {found.state === "draft" && <Submission found={found} onDone={put(t("submitted"))} reload={() => void refresh()} />}
      <Questions found={found} onAnswered={put(t("answered"))} reload={() => void refresh()} />
      <Decisions found={found} onAppealed={put(t("appealed"))} reload={() => void refresh()} />
      <Evidence found={found} />
      {(open || found.badges.length > 0) && found.kind !== "company" && <Attestations found={found} />}
      <Credits found={found} />
      <Checks found={found} />
      {mayWithdraw(found) && <Withdrawal found={found} onDone={put(t("withdrawn"))} />}
    </Page>
  );
}

function Standing({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  return (
    <div className={classes.standing} data-tone={toneOf(found)}>
      {found.clock && <Clock clock={found.clock} large />}
      <p className={classes.says}>{t(`stands.${found.state}`)}</p>
      {found.submitted_at && <p className={classes.soft}>{t("submitted_on", { day: day(found.submitted_at) })}</p>}
    </div>
  );
}

function Phases({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const phases = phasesOf(found);
  if (phases.length === 0) return null;
  return (
    <ol className={classes.phases} aria-label={t("phases")}>
      {phases.map(({ phase, at }) => (
        <li key={phase} data-at={at} aria-current={at === "now" ? "step" : undefined}>
          {t(`phase.${phase}`)}
          <small>{t(`at.${at}`)}</small>
        </li>
      ))}
    </ol>
  );
}

const placeToCorrect = (kind: Case["kind"], creditId: string | null) =>
  kind === "company" ? "/company" : creditId ? `/profile/credits/${creditId}` : "/profile";

function Missing({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const { moment } = useFormats();
  const both = useBilingual();
  const titles = new Map(found.badges.map((credit) => [credit.credit_id, credit.title]));
  const asked = found.missing.filter(({ what }) => what !== "not_submitted");
  if (asked.length === 0) return null;
  return (
    <Section title={t("missing.title")}>
      <ul className={classes.todo}>
        {asked.map((one, index) => {
          const title = one.credit_id && titles.get(one.credit_id);
          return (
            <li key={index}>
              {title && (
                <>
                  <cite>{title}</cite> —{" "}
                </>
              )}
              {both(one.message)} {one.until && <span className={classes.soft}>{t("missing.until", { moment: moment(one.until) })} </span>}
              {one.what === "profile_incomplete" && <Link to="/profile">{t("missing.profile")}</Link>}
              {one.what === "correction" && <Link to={placeToCorrect(found.kind, one.credit_id)}>{t("missing.correct")}</Link>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Submission({ found, onDone, reload }: { found: Case; onDone: (now: Case) => void; reload: () => void }) {
  const { t } = useTranslation("verification");
  const submit = useMutation({
    mutationFn: () => ask(api.POST("/verification/mine/{case_id}/submit", { params: { path: { case_id: found.case_id } } })),
    onSuccess: onDone,
  });
  return (
    <Section title={t("submit.title")} hint={t(`submit.what.${found.kind}`)}>
      <Refusal error={submit.error} reload={reload} />
      <Button loading={submit.isPending} onClick={() => submit.mutate()}>
        {t("submit.button")}
      </Button>
    </Section>
  );
}

function Questions({ found, onAnswered, reload }: { found: Case; onAnswered: (now: Case) => void; reload: () => void }) {
  const { t } = useTranslation("verification");
  const { day, moment } = useFormats();
  if (found.questions.length === 0) return null;
  return (
    <Section title={t("questions.title")}>
      <ul className={classes.rows}>
        {found.questions.map((question) => (
          <li key={question.question_id}>
            <p className={classes.soft}>{t("questions.asked_on", { day: day(question.asked_at) })}</p>
            <blockquote className={classes.quote}>{question.text}</blockquote>
            {question.answer !== null && (
              <>
                <p className={classes.soft}>{t("questions.answered_on", { day: day(question.answered_at ?? question.asked_at) })}</p>
                <blockquote className={classes.quote}>{question.answer}</blockquote>
              </>
            )}
            {question.answer === null && found.state === "information_requested" && (
              <WrittenForm
                name={`answer-${question.question_id}`}
                label={t("questions.answer")}
                hint={t("questions.until", { moment: moment(question.until) })}
                button={t("questions.send")}
                send={(text, key) =>
                  ask(
                    api.POST("/verification/mine/{case_id}/answer", {
                      params: { path: { case_id: found.case_id }, header: { "Idempotency-Key": key } },
                      body: { text },
                    }),
                  )
                }
                onSent={onAnswered}
                reload={reload}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Decisions({ found, onAppealed, reload }: { found: Case; onAppealed: (now: Case) => void; reload: () => void }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  if (!found.decision) return null;
  const { appeal } = found;
  return (
    <>
      <Section title={t("decision.title")}>
        <Decided one={found.decision} kind={found.kind} />
        {found.appeal_until && (
          <FoldedForm label={t("decision.contest")} name={`appeal-${found.case_id}`}>
            <WrittenForm
              name={`appeal-${found.case_id}`}
              label={t("decision.reasons")}
              hint={t("decision.how", { day: day(found.appeal_until) })}
              button={t("decision.send")}
              least={10}
              send={(text, key) =>
                ask(
                  api.POST("/verification/mine/{case_id}/appeal", {
                    params: { path: { case_id: found.case_id }, header: { "Idempotency-Key": key } },
                    body: { text },
                  }),
                )
              }
              onSent={onAppealed}
              reload={reload}
            />
          </FoldedForm>
        )}
      </Section>
      {appeal && (
        <Section title={t("appeal.title")}>
          <p className={classes.soft}>{t("appeal.sent_on", { day: day(appeal.appealed_at) })}</p>
          <blockquote className={classes.quote}>{appeal.text}</blockquote>
          {!appeal.decision && <p>{t("appeal.pending")}</p>}
        </Section>
      )}
      {appeal?.decision && (
        <Section title={t("appeal.decision")} hint={t(appeal.changed ? "appeal.changed" : "appeal.upheld")}>
          <Decided one={appeal.decision} kind={found.kind} />
        </Section>
      )}
    </>
  );
}

function Decided({ one, kind }: { one: Shape<"MyDecisionShape">; kind: Case["kind"] }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const both = useBilingual();
  return (
    <>
      <p className={classes.outcome}>{t(`outcome.${kind}.${one.outcome}`)}</p>
      <p>{t("decision.reason", { reason: both(one.reason) })}</p>
      <blockquote className={classes.quote}>{one.text}</blockquote>
      <p className={classes.soft}>
        {t("decision.on", { day: day(one.decided_at) })} {one.by_two_people && t("decision.by_two")}
      </p>
    </>
  );
}

function Credits({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  if (found.badges.length === 0) return null;
  return (
    <Section title={t("credits.title")} hint={t("credits.silence")}>
      <ul className={classes.rows}>
        {found.badges.map((credit) => (
          <li key={credit.credit_id}>
            <CreditFacts credit={credit} />
            {found.checks
              .filter((check) => check.credit_id === credit.credit_id)
              .map((check) => (
                <Findings key={check.check} check={check} />
              ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const CHECK_TONES = { under_way: "plain", done: "good", for_a_person: "plain", to_correct: "warning" } as const;

function Checks({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const both = useBilingual();
  const whole = found.checks.filter((check) => check.credit_id === null);
  if (whole.length === 0) return null;
  return (
    <Section title={t("checks.title")}>
      <ul className={classes.rows}>
        {whole.map((check) => (
          <li key={check.check}>
            <div className={classes.row}>
              <div>
                <Title order={3}>{both(check.title)}</Title>
                <p className={classes.soft}>{both(check.method)}</p>
              </div>
              <Tag tone={CHECK_TONES[check.status]}>{t(`checks.${check.status}`)}</Tag>
            </div>
            <Findings check={check} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Findings({ check }: { check: Case["checks"][number] }) {
  const { t } = useTranslation("verification");
  const both = useBilingual();
  if (check.findings.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>{t("checks.found")}</summary>
      <ul className={classes.todo}>
        {check.findings.map((one, index) => {
          const url = safe(one.url);
          return (
            <li key={index}>
              {both(one.note)}{" "}
              {url && (
                <a href={url} target="_blank" rel="noreferrer">
                  {t("checks.look")} <span className="visually-hidden">{t("checks.new_tab")}</span>
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Withdrawal({ found, onDone }: { found: Case; onDone: (now: Case) => void }) {
  const { t } = useTranslation("verification");
  const withdraw = useMutation({
    mutationFn: () => ask(api.POST("/verification/mine/{case_id}/withdraw", { params: { path: { case_id: found.case_id } } })),
    onSuccess: onDone,
  });
  return (
    <details className={classes.fold}>
      <summary>{t("withdraw.title")}</summary>
      <p>{t("withdraw.what")}</p>
      <Refusal error={withdraw.error} />
      <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t("withdraw.button")}
      </Button>
    </details>
  );
}
