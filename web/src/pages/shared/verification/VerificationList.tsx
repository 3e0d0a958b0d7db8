import { Anchor, Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { readAgain } from "@/api/pages";
import { Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { mineQuery } from "../mine";
import { useSession } from "@/session/session";
import { alarmsQuery, badgesQuery, casesQuery, grouped, isOpen, mayAnswer, toneOf, type CaseSummary } from "./cases";
import { Clock } from "./Clock";
import { CreditFacts } from "./CreditFacts";
import { useOpenCase } from "./useOpenCase";
import classes from "./verification.module.css";

/** One's own verifications: what waits for oneself, what is under way, what was decided; and alarms, if there are. */
export default function VerificationList() {
  const { t } = useTranslation("verification");
  const freelancer = useSession().role === "freelancer";
  const cases = useInfiniteQuery(casesQuery);
  const open = useOpenCase();
  const found = cases.data?.pages.flatMap((page) => page.cases) ?? [];
  const { yours, underway, over } = grouped(found);
  const asked = found.some((one) => one.kind !== "credit" && isOpen(one));
  const start = freelancer ? (
    <Button loading={open.isPending} onClick={() => open.mutate({ kind: "profile", credit_id: null })}>
      {t("prepare.profile")}
    </Button>
  ) : (
    <Button component={Link} to="/company">
      {t("prepare.company")}
    </Button>
  );
  return (
    <Page title={t("title")} lead={t(freelancer ? "lead.freelancer" : "lead.producer")} actions={cases.isSuccess && !asked && found.length > 0 && start}>
      <Refusal error={open.error} />
      {cases.isPending && <Loading />}
      {cases.isError && found.length === 0 && <Failed error={cases.error} retry={() => void cases.refetch()} />}
      {cases.isSuccess && found.length === 0 && (
        <Empty title={t("none.title")} action={start}>
          <p>{t(freelancer ? "none.freelancer" : "none.producer")}</p>
        </Empty>
      )}
      <Group title={t("group.yours")} cases={yours} />
      <Group title={t("group.underway")} cases={underway} />
      <Group title={t("group.over")} cases={over} />
      {cases.isFetchNextPageError && <Failed error={cases.error} retry={() => readAgain(cases)} />}
      {cases.hasNextPage && !cases.isFetchNextPageError && (
        <Button variant="default" mb="xl" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      <Alarms />
      {freelancer && <Credits found={found} />}
    </Page>
  );
}

function Group({ title, cases }: { title: string; cases: readonly CaseSummary[] }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const both = useBilingual();
  const titles = useCreditTitles();
  const nameOf = (one: CaseSummary) => {
    const credit = titles.get(one.credit_id ?? "");
    return credit ? t("of_this_credit", { title: credit }) : t(`of.${one.kind}`);
  };
  if (cases.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes.rows}>
        {cases.map((one) => (
          <li key={one.case_id} className={classes.row}>
            <div>
              <Link to={`/verification/${one.case_id}`} className={classes.name}>
                {nameOf(one)}
              </Link>
              <p className={classes.soft}>{t(one.submitted_at ? "submitted_on" : "opened_on", { day: day(one.submitted_at ?? one.opened_at) })}</p>
              {one.appeal_until && <p className={classes.soft}>{t("contest_until", { day: day(one.appeal_until) })}</p>}
            </div>
            {one.clock && <Clock clock={one.clock} />}
            <Tag tone={toneOf(one)}>{both(one.state_label)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Alarms() {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const both = useBilingual();
  const alarms = useQuery(alarmsQuery);
  if (alarms.isError && !alarms.data) return <Failed error={alarms.error} retry={() => void alarms.refetch()} />;
  if (!alarms.data?.length) return null;
  return (
    <Section title={t("alarms.title")} hint={t("alarms.hint")} id="alarms">
      <ul className={classes.rows}>
        {alarms.data.map((one) => (
          <li key={one.alarm_id} className={classes.row}>
            <div>
              <Link to={`/verification/alarms/${one.alarm_id}`} className={classes.name}>
                {both(one.reason_label)}
              </Link>
              <p className={classes.soft}>
                {mayAnswer(one) ? t("alarms.answer_until", { day: day(one.reply_until) }) : t("alarms.raised_on", { day: day(one.raised_at) })}
              </p>
            </div>
            <Tag tone={mayAnswer(one) ? "warning" : "plain"}>{both(one.state_label)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What is established of each credit, with a way to have one alone verified. */
function Credits({ found }: { found: readonly CaseSummary[] }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const { data } = useQuery(badgesQuery);
  const open = useOpenCase();
  // One credit can be verified on its own once the profile was: before, nobody would be proposed for it.
  const status = useQuery(mineQuery).data?.value.status;
  const alone = status === "verified" || status === "partly_verified";
  if (!data || (data.credits.length === 0 && !data.junior_path)) return null;
  const under = (creditId: string) => found.some((one) => isOpen(one) && (one.credit_id === creditId || one.kind === "profile"));
  return (
    <Section title={t("credits.title")} hint={t("credits.hint")}>
      <Refusal error={open.error} />
      {data.junior_path && <p>{t("junior_path", { day: day(data.junior_path.expires_at) })}</p>}
      <ul className={classes.rows}>
        {data.credits.map((credit) => (
          <li key={credit.credit_id}>
            <CreditFacts credit={credit} />
            {alone && credit.level < 3 && !under(credit.credit_id) && (
              <Button
                mt="sm"
                variant="default"
                aria-label={t("prepare.this_credit", { title: credit.title })}
                loading={open.isPending && open.variables.credit_id === credit.credit_id}
                onClick={() => open.mutate({ kind: "credit", credit_id: credit.credit_id })}
              >
                {t("prepare.credit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Anchor component={Link} to="/profile" mt="md" display="inline-block">
        {t("credits.profile")}
      </Anchor>
    </Section>
  );
}

/** The titles of one's own credits: a case names its credit by what nobody reads. */
function useCreditTitles() {
  const freelancer = useSession().role === "freelancer";
  const { data } = useQuery({ ...badgesQuery, enabled: freelancer });
  return new Map(data?.credits.map((credit) => [credit.credit_id, credit.title]));
}
