import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { Countdown } from "@/design/Countdown";
import { Notice } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Empty, Failed, Loaded, Loading, Unknown } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { Returned } from "./brief/Returned";
import { NO_EDITS } from "./brief/edits";
import { fieldsOf } from "./brief/fields";
import { addressOf, missing, nextStep, progress } from "./brief/steps";
import { NEW_DRAFT } from "./brief/useBriefEditor";
import { briefsQuery, toneOf, type Brief } from "./briefs";
import { companyQuery } from "./company";
import { nextOf, sorted, type Next } from "./home";
import classes from "./Home.module.css";

/** A production's projects: those online with what they need next, those being written, those that are over. */
export default function Home() {
  const { t } = useTranslation("producerHome");
  const company = useQuery(companyQuery);
  return (
    <Page
      title={t("title")}
      actions={
        company.data ? (
          <Button component={Link} to="/briefs/new" size="md">
            {t("new")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={company}>
        {(own) =>
          own === null ? (
            <Empty
              title={t("company.none")}
              action={
                <Button component={Link} to="/company" size="md">
                  {t("company.introduce")}
                </Button>
              }
            >
              <p>{t("company.none_what")}</p>
            </Empty>
          ) : (
            <>
              {own.suspended ? (
                <Notice tone="danger" title={t("company.suspended")} actions={<Link to="/moderation">{t("company.why")}</Link>}>
                  <p>{t("company.suspended_what")}</p>
                </Notice>
              ) : (
                own.status !== "verified" && (
                  <Notice tone="warning" title={t("company.unverified")} actions={<Link to="/company">{t("company.verify")}</Link>}>
                    <p>{t("company.unverified_what")}</p>
                  </Notice>
                )
              )}
              <Projects />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Projects() {
  const { t } = useTranslation(["producerHome", "common"]);
  const query = useInfiniteQuery(briefsQuery);
  const begun = useDraft(NEW_DRAFT, NO_EDITS).kept;
  if (!query.data) return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const { live, returned, drafts, past } = sorted(query.data.pages.flatMap((page) => page.briefs));
  return (
    <>
      {begun && (
        <Notice title={t("begun.title")} actions={<Link to="/briefs/new">{t("begun.go")}</Link>}>
          <p>{t("begun.what")}</p>
        </Notice>
      )}
      {live.length + returned.length + drafts.length + past.length === 0 && !begun && (
        <Empty
          title={t("empty.title")}
          action={
            <Button component={Link} to="/briefs/new" size="md">
              {t("empty.go")}
            </Button>
          }
        >
          <p>{t("empty.what")}</p>
        </Empty>
      )}
      {returned.length > 0 && (
        <Section plain title={t("returned")}>
          {returned.map((brief) => (
            <div key={brief.brief_id} className={classes.returned}>
              <h3 className={classes.name}>
                <Link to={addressOf(brief.brief_id, "publish")}>{brief.code_name ?? t("untitled")}</Link>
              </h3>
              <Returned brief={brief} />
              <Button component={Link} to={addressOf(brief.brief_id, "story")}>
                {t("correct")}
              </Button>
            </div>
          ))}
        </Section>
      )}
      {live.length > 0 && (
        <Section plain title={t("live")}>
          <ul className={classes.rows}>
            {live.map((brief) => (
              <Live key={brief.brief_id} brief={brief} />
            ))}
          </ul>
        </Section>
      )}
      {drafts.length > 0 && (
        <Section plain title={t("drafts")}>
          <ul className={classes.rows}>
            {drafts.map((brief) => (
              <Draft key={brief.brief_id} brief={brief} />
            ))}
          </ul>
        </Section>
      )}
      {past.length > 0 && (
        <details className={classes.past}>
          <summary>{t("past", { count: past.length })}</summary>
          <ul className={classes.rows}>
            {past.map((brief) => (
              <Past key={brief.brief_id} brief={brief} />
            ))}
          </ul>
        </details>
      )}
      {query.isFetchNextPageError && <Failed error={query.error} />}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("more", { ns: "common" })}
        </Button>
      )}
    </>
  );
}

function Kind({ brief }: { brief: Brief }) {
  const words = useTaxonomy();
  const said = [words.label("roles", brief.role), words.label("formats", brief.format), ...words.labels("genres", brief.genres)];
  return <p className={classes.kind}>{said.filter(Boolean).join(" · ")}</p>;
}

/** A project that is online: what it needs next, and what it counts down to. */
function Live({ brief }: { brief: Brief }) {
  const { t } = useTranslation("producerHome");
  const both = useBilingual();
  const { day } = useFormats();
  const id = brief.brief_id;
  const outreach = useQuery({
    queryKey: ["briefs", id, "outreach"],
    queryFn: ({ signal }) => ask(api.GET("/briefs/{brief_id}/outreach", { params: { path: { brief_id: id } }, signal })),
  });
  const talks = useQuery({
    queryKey: ["conversations", "first page"],
    queryFn: ({ signal }) => ask(api.GET("/conversations", { signal })),
  });
  const binding = brief.calendar?.binding;
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3 className={classes.name}>
          <Link to={`/briefs/${id}`}>{brief.code_name ?? t("untitled")}</Link>
        </h3>
        <Kind brief={brief} />
        <div className={classes.next}>
          {outreach.data ? (
            <NextAction
              next={nextOf(brief, outreach.data, talks.data?.conversations ?? [])}
              name={brief.code_name ?? t("untitled")}
            />
          ) : (
            outreach.isError && (
              <>
                <Unknown retry={outreach.refetch}>{t("unknown")}</Unknown>
                <Link to={`/briefs/${id}`}>{t("next.invite.go")}</Link>
              </>
            )
          )}
        </div>
      </div>
      <div className={classes.clock}>
        {brief.deadline && (
          <Countdown day={brief.deadline} of={t(brief.option_end_date ? "of.option" : "of.start")} />
        )}
        {binding && binding.day !== brief.deadline && (
          <p className={classes.binding} data-urgency={brief.calendar?.urgency}>
            {t("binding", { what: both(binding.label), day: day(binding.day) })}
          </p>
        )}
      </div>
    </li>
  );
}

function NextAction({ next, name }: { next: Next; name: string }) {
  const { t } = useTranslation("producerHome");
  const both = useBilingual();
  const { day } = useFormats();
  const words = () => {
    switch (next.kind) {
      case "answer":
        return next.day
          ? t("next.answer.by", { count: next.count, day: day(next.day) })
          : t("next.answer.what", { count: next.count });
      case "danger":
        return both(next.words);
      case "invite":
        return t("next.invite.what", { count: next.count });
      case "wait":
        return next.day ? t("next.wait.until", { count: next.count, day: day(next.day) }) : t("next.wait.what", { count: next.count });
      case "widen":
        return t("next.widen.what");
      case "follow":
        return t("next.follow.what");
    }
  };
  const pressing = next.kind === "answer" || next.kind === "danger" || next.kind === "invite" || next.kind === "widen";
  return (
    <>
      <p className={classes.words} data-kind={next.kind}>
        {words()}
      </p>
      <Button component={Link} to={next.to} variant={pressing ? "filled" : "default"}>
        {t(`next.${next.kind}.go`)}
        <span className="visually-hidden"> {name}</span>
      </Button>
    </>
  );
}

/** A project that is being written: how far it has come. */
function Draft({ brief }: { brief: Brief }) {
  const { t } = useTranslation(["producerHome", "brief"]);
  const { list, moment } = useFormats();
  const fields = fieldsOf(brief);
  const { there, of } = progress(fields);
  const lacks = missing(fields);
  const named = lacks.slice(0, 3).map((name) => inSentence(t(`field.${name}`, { ns: "brief" })));
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3 className={classes.name}>
          <Link to={addressOf(brief.brief_id, nextStep(fields))}>{brief.code_name ?? t("untitled")}</Link>
        </h3>
        <Kind brief={brief} />
        <p className={classes.words}>
          {lacks.length === 0
            ? t("draft.whole")
            : t("draft.lacks", { what: list(lacks.length > 3 ? [...named, t("draft.others", { count: lacks.length - 3 })] : named) })}
        </p>
      </div>
      <div className={classes.clock}>
        <p className={classes.progress}>
          <strong>{t("draft.progress", { there, of })}</strong>
          <span>{t("draft.changed", { at: moment(brief.updated_at) })}</span>
        </p>
        <Button component={Link} to={addressOf(brief.brief_id, nextStep(fields))} variant="default">
          {lacks.length === 0 ? t("draft.publish") : t("draft.go_on")}
          <span className="visually-hidden"> {brief.code_name ?? t("untitled")}</span>
        </Button>
      </div>
    </li>
  );
}

const inSentence = (words: string) => words.charAt(0).toLocaleLowerCase() + words.slice(1);

function Past({ brief }: { brief: Brief }) {
  const { t } = useTranslation(["producerHome", "project"]);
  const { day } = useFormats();
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3 className={classes.name}>
          <Link to={`/briefs/${brief.brief_id}`}>{brief.code_name ?? t("untitled")}</Link>
        </h3>
        <Kind brief={brief} />
      </div>
      <p className={classes.ended}>
        <Tag tone={toneOf(brief.status)}>{t(`status.${brief.status}`, { ns: "project" })}</Tag> {day(brief.updated_at)}
      </p>
    </li>
  );
}
