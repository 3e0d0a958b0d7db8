import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import { Failed, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { ConversationRow } from "../../shared/ConversationRow";
import rows from "../../shared/ConversationRow.module.css";
import { sorted } from "../../shared/conversations";
import { alarmsQuery, isOpen, type CaseSummary } from "../../shared/verification/cases";
import { Clock } from "../../shared/verification/Clock";
import { useAllConversations } from "../projects";
import { asked, owed } from "./home";
import classes from "./Home.module.css";

/** What waits for the reader, then what the reader waits for. `settled`: somebody who is proposed is told, too, that
 * nothing waits for them. Of what could not be read it is said that it could not; what was read stands beside. */
export function MyTurn({ cases, latest, settled, children }: {
  cases: readonly CaseSummary[];
  latest: CaseSummary | null;
  settled: boolean;
  /** What stands below: asked for meanwhile, and shown once nothing pushes it down any more. */
  children: ReactNode;
}) {
  const { t } = useTranslation("forMe");
  const talks = useAllConversations();
  const alarms = useQuery(alarmsQuery);
  const noAlarms = alarms.data === undefined && alarms.isError;
  const seen = useRef(false);
  const coming = !seen.current && ((!talks.complete && !talks.error) || (!alarms.data && !noAlarms));
  // Read again, it stays where it is.
  useEffect(() => {
    if (!coming) seen.current = true;
  }, [coming]);
  const toAnswer = sorted(talks.all).expected;
  const { questions, alarms: raised } = asked(cases, alarms.data ?? []);
  const awaited = owed(talks.all);
  const verification = latest?.clock && isOpen(latest) && latest.state !== "information_requested" ? latest : null;
  const unread = talks.error !== null || noAlarms;
  const nothing = toAnswer.length + questions.length + raised.length === 0;
  const turn = (
    <div className={classes.turn}>
      {talks.error && <Failed error={talks.error} retry={talks.retry} />}
      {noAlarms && <Failed error={alarms.error} retry={() => void alarms.refetch()} />}
      {(!nothing || (settled && !unread)) && (
        <Section plain title={t("expected.title")}>
          {nothing ? (
            <p className={classes.calm}>{t("expected.none")}</p>
          ) : (
            <ul className={rows.rows}>
              {raised.map((one) => (
                <Row key={one.alarm_id} to={`/verification/alarms/${one.alarm_id}`} name={t("expected.alarm")}>
                  <Until day={one.reply_until} />
                </Row>
              ))}
              {questions.map((one) => (
                <Row
                  key={one.case_id}
                  to={`/verification/${one.case_id}`}
                  name={t("expected.question")}
                  about={t(`expected.question_of.${one.kind}`)}
                >
                  <p className={rows.expected}>{t("expected.question_what")}</p>
                </Row>
              ))}
              {toAnswer.map((one) => (
                <ConversationRow key={one.conversation_id} one={one} />
              ))}
            </ul>
          )}
        </Section>
      )}
      {(awaited.length > 0 || verification) && (
        <Section plain title={t("owed.title")}>
          <ul className={rows.rows}>
            {verification?.clock && (
              <Row to={`/verification/${verification.case_id}`} name={t("owed.verification")}>
                <Clock clock={verification.clock} />
              </Row>
            )}
            {awaited.map((one) => (
              <Owed key={one.conversation_id} conversation={one} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
  return (
    <>
      {coming ? <Loading /> : turn}
      <div hidden={coming}>{children}</div>
    </>
  );
}

function Row({ to, name, about, children }: { to: string; name: string; about?: string; children: ReactNode }) {
  return (
    <li className={rows.row}>
      <div className={rows.words}>
        <Link to={to} className={rows.name}>
          {name}
        </Link>
        {about && <p className={rows.about}>{about}</p>}
      </div>
      <div className={rows.state}>{children}</div>
    </li>
  );
}

function Until({ day: until }: { day: string }) {
  const { t } = useTranslation("forMe");
  const { day } = useFormats();
  return <p className={rows.expected}>{t("expected.alarm_until", { day: day(until) })}</p>;
}

function Owed({ conversation: one }: { conversation: ReturnType<typeof owed>[number] }) {
  const { t } = useTranslation("forMe");
  const { day } = useFormats();
  const worded = useBilingual();
  const late = Date.parse(one.answer_due_at) <= Date.now();
  return (
    <Row to={`/conversations/${one.conversation_id}`} name={one.code_name} about={worded(one.opposite)}>
      <Tag>{worded(one.state_label)}</Tag>
      <p className={rows.expected} data-urgent={late || undefined}>
        {t(late ? "owed.late" : "owed.by", { day: day(one.answer_due_at) })}
      </p>
    </Row>
  );
}
