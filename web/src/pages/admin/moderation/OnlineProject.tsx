import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { written } from "@/design/siren";
import { Facts, Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { marksIn, runsOf, type Finding } from "../../shared/findings";
import { toneOf } from "../../shared/decisions";
import { Matter, Opened } from "../../shared/Matter";
import { useProjectWords } from "../../shared/useProjectWords";
import classes from "../admin.module.css";
import { Told } from "../Told";
import { onlineProjectQuery, textsOf, type OnlineProject } from "./moderation";
import own from "./Online.module.css";
import { ReturnBrief } from "./ReturnBrief";
import { Suspend } from "./Suspend";

/** One project as freelancers read it, with what should not stand in it marked where it stands, and what may be done. */
export default function OneOnlineProject() {
  const { briefId = "" } = useParams();
  const { t } = useTranslation("adminModeration");
  return (
    <LoadedPage query={useQuery(onlineProjectQuery(briefId))} title={t("online.title")} back={{ to: "/admin/projects", label: t("online.back") }}>
      {(one) => <Open key={briefId} one={one} />}
    </LoadedPage>
  );
}

function Open({ one }: { one: OnlineProject }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  const words = useProjectWords();
  const { company, read, status } = one;
  return (
    <Page
      title={read.code_name ?? t("online.unnamed")}
      back={{ to: "/admin/projects", label: t("online.back") }}
      over={
        <>
          {words.kind(read)} <Tag tone={status === "live" ? "good" : "plain"}>{t(`identity.document.states.${status}`)}</Tag>
        </>
      }
      lead={one.published_at && <p>{t("online.since", { moment: moment(one.published_at) })}</p>}
    >
      <Told>
        {status === "live" && !company.may_publish && <Notice tone="warning" title={t("online.hidden")} />}
        <Section title={t("online.texts")} hint={t(one.findings.length > 0 ? "online.found" : "online.nothing_found")}>
          {textsOf(one).map(({ pointer, field, language, text }) => (
            <ReadText
              key={pointer}
              name={language ? t("report.part_in", { part: t(`report.part.${field}`), language: t(`report.language.${language}`) }) : t(`report.part.${field}`)}
              language={language}
              text={text}
              findings={one.findings.filter((finding) => finding.pointer === pointer)}
            />
          ))}
        </Section>
        <Section title={t("online.card")}>
          <Facts items={[[t("online.story"), words.story(read).join(" · ")], ...words.work(read), ...words.terms(read), ...words.rights(read)]} />
        </Section>
        <Section title={t("online.company")} hint={t("online.company_hint")}>
          <Facts
            items={[
              [t("identity.document.company"), company.legal_name ?? t("identity.document.gone")],
              [t("identity.document.siren"), company.siren && written(company.siren)],
            ]}
          />
        </Section>
        <Past measures={one.measures} />
        <Section title={t("measures_of.title")} hint={t("online.measures_what")}>
          {status === "live" && (
            <Matter title={t("return.title")}>
              <p>{t("return.what")}</p>
              <Opened label={t("return.open")}>{() => <ReturnBrief briefId={one.brief_id} reportId={null} />}</Opened>
            </Matter>
          )}
          <Matter title={t("suspend.title.company")}>
            <p>{t("suspend.what.company")}</p>
            <Opened label={t("suspend.open")}>{() => <Suspend subject={{ kind: "company", id: company.company_id }} reportId={null} />}</Opened>
          </Matter>
        </Section>
      </Told>
    </Page>
  );
}

/** A text with its passages marked, and under it what each is about. */
function ReadText({ name, language, text, findings }: { name: string; language: "fr" | "en" | null; text: string; findings: readonly Finding[] }) {
  const { t } = useTranslation("adminModeration");
  const both = useBilingual();
  const marks = marksIn(text, findings);
  return (
    <div className={own.read}>
      <Title order={3}>{name}</Title>
      <p className={own.text} lang={language ?? undefined}>
        {runsOf(text, marks).map((run, index) =>
          run.severity ? (
            <mark key={index} data-severity={run.severity}>
              {run.text}
            </mark>
          ) : (
            run.text
          ),
        )}
      </p>
      {marks.length > 0 && (
        <ul className={own.findings} aria-label={t("online.findings_in", { part: name })}>
          {marks.map(({ finding }, index) => (
            <li key={index} data-severity={finding.severity}>
              <p>
                <Tag tone={finding.severity === "block" ? "danger" : "warning"}>{t(`online.severity.${finding.severity}`)}</Tag>{" "}
                <q lang={language ?? undefined}>{finding.passage}</q>
              </p>
              {/* What the check says of a company's secrets is written to that company. */}
              <p>{finding.concern === "identity" ? t("online.tells") : both(finding.reason)}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Past({ measures }: { measures: OnlineProject["measures"] }) {
  const { t } = useTranslation("adminModeration");
  const { t: decided } = useTranslation("decisions");
  const { day } = useFormats();
  const both = useBilingual();
  return (
    <Section title={t("online.past")}>
      {measures.length === 0 ? (
        <p className={classes.soft}>{t("online.no_past")}</p>
      ) : (
        <ul className={own.past}>
          {measures.map((one) => (
            <li key={one.measure_id}>
              <Link to={`/admin/measures/${one.measure_id}`}>{both(one.ground)}</Link>
              <span className={classes.soft}>
                {t(`measures.kind.${one.kind}`)} · {t("measures.decided", { day: day(one.decided_at) })}{" "}
                <Tag tone={toneOf(one.state)}>{decided(`measures.state.${one.state}`)}</Tag>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
