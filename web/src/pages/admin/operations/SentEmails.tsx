import { NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Section } from "@/design/Page";
import { Empty } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import lists from "../Lists.module.css";
import { Paged } from "../Paged";
import { Frame } from "./Frame";
import { known } from "./operations";
import { sentEmails, sentEmailsQuery, STATES, TROUBLES, type EmailState, type SentEmail } from "./sentEmails";
import { Suppressions } from "./Suppressions";

/** How far e-mails came, and who gets no more. */
export default function SentEmails() {
  const { t } = useTranslation("operations");
  const [chosen, choose] = useSearchParams();
  const state = STATES.find((one) => one === chosen.get("state")) ?? "refused";
  const query = useInfiniteQuery(sentEmailsQuery(state));
  return (
    <Frame title={t("emails.title")} lead={t("emails.lead")}>
      <Section title={t("emails.sent")}>
        <div className={lists.filters}>
          <NativeSelect
            id="emails-state"
            label={t("emails.state")}
            value={state}
            onChange={(event) => choose({ state: event.currentTarget.value }, { replace: true })}
            data={STATES.map((value) => ({ value, label: t(`emails.states.${value}`) }))}
          />
        </div>
        <Paged query={query} items={sentEmails} empty={<Empty title={t("emails.empty")} />}>
          {(all) => (
            <ul className={lists.rows}>
              {all.map((one) => (
                <li key={one.key} className={lists.row}>
                  <OneEmail one={one} />
                </li>
              ))}
            </ul>
          )}
        </Paged>
      </Section>
      <Suppressions />
    </Frame>
  );
}

const GONE_WRONG: readonly EmailState[] = ["refused", "bounced", "complained", "given_up", "suppressed"];

function OneEmail({ one }: { one: SentEmail }) {
  const { t } = useTranslation("operations");
  const { moment } = useFormats();
  const why = one.error_code
    ? t(`emails.reasons.${known(one.error_code, TROUBLES)}`)
    : one.held_for && t(`emails.held.${one.held_for}`);
  return (
    <>
      <div className={lists.head}>
        <p className={lists.name}>{t(`emails.kinds.${one.kind}`)}</p>
        <Tag tone={GONE_WRONG.includes(one.state) ? "warning" : "plain"}>{t(`emails.states.${one.state}`)}</Tag>
      </div>
      {one.unread && <p>{t(`emails.unread_${one.unread}`)}</p>}
      <p className={lists.calm}>
        {why && `${why} · `}
        {t("emails.attempts", { count: one.attempts })} · {t("emails.changed", { when: moment(one.updated_at) })}
      </p>
    </>
  );
}
