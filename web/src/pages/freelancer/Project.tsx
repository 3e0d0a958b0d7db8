import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "@/api/client";
import { Notice } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Failed, Loading } from "@/design/States";
import { Facts, Tag, Tags } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { Report } from "@/pages/shared/person/Report";
import type { Conversation } from "../shared/conversations";
import { hasBegunToWrite } from "../shared/InterestForm";
import { Tell, useAct, type Said } from "../shared/useAct";
import { useProjectWords, type ProjectCard } from "../shared/useProjectWords";
import { OtherRefusal } from "../shared/WrittenText";
import { mayOf, MyAnswer } from "./MyAnswer";
import { Closed } from "./Closed";
import { Fit } from "./Fit";
import { FullProject } from "./FullProject";
import { ReplyBy } from "./ReplyBy";
import classes from "./Project.module.css";
import { about, awaitsVerification, projectQuery, useAllConversations } from "./projects";

/** One project as far as its reader has come with it, why them, and their answer. */
export default function Project() {
  const { t } = useTranslation("projects");
  const { projectId = "" } = useParams();
  const query = useQuery(projectQuery(projectId));
  if (query.data) return <Read key={projectId} card={query.data} />;
  if (awaitsVerification(query.error)) {
    return (
      <Page title={t("title")} width="narrow">
        <Closed />
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page title={t("title")} width="narrow" back={{ to: "/projects", label: t("back") }}>
        <Failed error={query.error} retry={() => void query.refetch()} />
      </Page>
    );
  }
  return <Loading />;
}

function Read({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("projects");
  const words = useProjectWords();
  const { day } = useFormats();
  const talks = useAllConversations();
  const conversation = about(card.project_id, talks.all);
  const known = conversation !== undefined || talks.complete;
  const [said, setSaid] = useState<Said | null>(null);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) head.current?.focus();
  }, [said]);
  const tell = useCallback((what: Said) => setSaid({ ...what }), []);
  const name = card.code_name ?? t("no_name");
  const logline = words.said(card.logline);
  return (
    <Tell.Provider value={tell}>
      <Page
        title={name}
        back={{ to: "/projects", label: t("back") }}
        over={
          <>
            {words.kind(card)} · {t("published", { day: day(card.published_on) })}
            {card.urgency !== "open" && (
              <span className={classes.mark}>
                <Tag tone={card.urgency === "urgent" ? "danger" : "warning"}>{t(`urgency.${card.urgency}`)}</Tag>
              </span>
            )}
          </>
        }
      >
        <div ref={head} tabIndex={-1} className={classes.said}>
          {said && (
            <Notice
              tone={said.tone}
              title={said.title}
              live
              actions={conversation && <Link to={`/conversations/${conversation.conversation_id}`}>{t("answer.see")}</Link>}
            >
              {said.text && <p>{said.text}</p>}
            </Notice>
          )}
        </div>
        {!card.live && (
          <Notice title={t("over.title")}>
            <p>{t("over.what")}</p>
          </Notice>
        )}
        {logline && (
          <p className={classes.logline} lang={logline.language}>
            {logline.text}
          </p>
        )}
        <Tags label={t("story")} items={words.story(card)} />
        <div className={classes.strip}>
          {known && <ReplyBy card={card} conversation={conversation} />}
          <Facts
            items={[
              [t("budget"), words.budget(card)],
              [t("start"), words.start(card)],
              [t("volume"), card.estimated_days && t("days", { count: card.estimated_days })],
              [t("place"), words.place(card)],
            ]}
          />
        </div>
        {card.stage !== "revealed" && <p className={classes.calm}>{t("anonymous")}</p>}
        {known && <Quick card={card} conversation={conversation} />}
        {card.live && <Fit projectId={card.project_id} />}
        <Section plain title={t("work")}>
          <Facts items={[...words.work(card), [t("contract"), words.contract(card)]]} />
        </Section>
        <FullProject card={card} />
        {card.stage === "revealed" && (
          <Section title={t("behind")}>
            <Facts items={words.behind(card)} />
          </Section>
        )}
        {known ? (
          <MyAnswer card={card} conversation={conversation} />
        ) : talks.error ? (
          <Section title={t("answer.title")}>
            <p className={classes.calm}>{t("answer.talks_unknown")}</p>
            <Failed error={talks.error} retry={talks.retry} />
          </Section>
        ) : (
          <Loading />
        )}
        <Report about="brief" id={card.project_id} />
      </Page>
    </Tell.Provider>
  );
}

/** The two answers at the head of the screen, each in one press. A yes goes without words, which may follow; where the
 * reader has begun to write, it leads there. */
function Quick({ card, conversation }: { card: ProjectCard; conversation: Conversation | undefined }) {
  const { t } = useTranslation(["projects", "conversation"]);
  const path = { project_id: card.project_id };
  const about = { ...path, conversation_id: conversation?.conversation_id };
  const show = useAct({
    conversation: about,
    send: () => ask(api.POST("/projects/{project_id}/interest", { params: { path }, body: { text: null, answers: [] } })),
    said: () => ({ title: t("interest.sent", { ns: "conversation" }), text: t("interest.follows", { ns: "conversation" }) }),
  });
  const decline = useAct({
    conversation: about,
    send: () => ask(api.POST("/projects/{project_id}/decline", { params: { path } })),
    said: () => t("decline.done", { ns: "conversation" }),
  });
  const may = mayOf(card, conversation);
  if (!may.includes("show_interest") || !may.includes("decline")) return null;
  return (
    <div className={classes.quick}>
      <Button
        loading={show.isPending}
        onClick={() => {
          if (hasBegunToWrite(card.project_id)) document.getElementById("interest-word")?.focus();
          else show.mutate();
        }}
      >
        {t("answer.yes")}
      </Button>
      <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
        {t("decline.do", { ns: "conversation" })}
      </Button>
      <p className={classes.calm}>{t("answer.at_once")}</p>
      <OtherRefusal error={show.error ?? decline.error} />
    </div>
  );
}
