import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { conversationQuery, toneOf, type Conversation as Found } from "./conversations";
import { Files } from "./Files";
import { Identities } from "./Identities";
import { Report } from "./Report";
import { Standing } from "./Standing";
import { Talk } from "./Talk";
import { Tell, type Said } from "./useAct";
import { useMessages } from "./useMessages";

/** What a production and a freelancer say to each other about a project, and how far they have come. */
export default function Conversation() {
  const { t } = useTranslation("conversation");
  const { conversationId = "" } = useParams();
  const query = useQuery(conversationQuery(conversationId));
  if (query.data) return <Open key={conversationId} conversation={query.data} />;
  return (
    <Page title={t("unread")} width="wide" back={{ to: "/conversations", label: t("back") }}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

function Open({ conversation }: { conversation: Found }) {
  const { t } = useTranslation("conversation");
  const worded = useBilingual();
  const { label } = useTaxonomy();
  const messages = useMessages(conversation.conversation_id, conversation.reveal.since);
  const shown = messages.known?.messages ?? [];
  const [said, setSaid] = useState<Said | null>(null);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) head.current?.focus();
  }, [said]);
  const tell = useCallback((what: Said) => setSaid({ ...what }), []);
  const [reporting, setReporting] = useState(false);
  const [target, setTarget] = useState("");
  const choice = useRef<HTMLSelectElement>(null);
  const report = (messageId: string) => {
    setTarget(messageId);
    setReporting(true);
  };
  useEffect(() => {
    if (reporting) choice.current?.focus();
  }, [reporting, target]);
  const producer = conversation.side === "producer";
  const name = worded(conversation.opposite);
  return (
    <Tell.Provider value={tell}>
      <Page
        // A freelancer's screen, and what their browser remembers of it, is called by the project's code name.
        title={producer ? name : conversation.code_name}
        width="wide"
        back={{ to: "/conversations", label: t("back") }}
        over={
          <>
            {producer ? t("over_producer", { project: conversation.code_name, role: label("roles", conversation.role) }) : name}
            <span className={classes.state}>
              <Tag tone={toneOf(conversation.state)}>{worded(conversation.state_label)}</Tag>
            </span>
          </>
        }
        lead={<p>{producer ? label("seniority", conversation.person?.level) : label("roles", conversation.role)}</p>}
        actions={
          <>
            {producer && conversation.person && (
              <Link to={`/briefs/${conversation.project_id}/people/${conversation.person.profile_id}`}>{t("see_person")}</Link>
            )}
            <Link to={producer ? `/briefs/${conversation.project_id}` : `/projects/${conversation.project_id}`}>{t("see_project")}</Link>
          </>
        }
      >
        <div ref={head} tabIndex={-1} className={classes.said}>
          {said && (
            <Notice tone={said.tone} title={said.title} live>
              {said.text && <p>{said.text}</p>}
            </Notice>
          )}
        </div>
        <Standing conversation={conversation} />
        <Identities conversation={conversation} />
        <div className={classes.columns}>
          <Talk conversation={conversation} messages={messages} onReport={report} />
          <div>
            <Files conversation={conversation} messages={shown} />
            <Seen conversation={conversation} />
            <Report
              ref={choice}
              conversation={conversation}
              messages={shown}
              opened={reporting}
              onOpen={() => setReporting(true)}
              target={target}
              onTarget={setTarget}
            />
          </div>
        </div>
      </Page>
    </Tell.Provider>
  );
}

function Seen({ conversation }: { conversation: Found }) {
  const { t } = useTranslation("conversation");
  const { side, reveal, project_id } = conversation;
  return (
    <Section title={t("seen.title")}>
      <p className={classes.calm}>{t(reveal.since ? `seen.${side}_after` : `seen.${side}_before`)}</p>
      <ul className={classes.links}>
        {side === "producer" ? (
          <li>
            <Link to={`/briefs/${project_id}/preview`}>{t("seen.to_preview")}</Link>
          </li>
        ) : (
          <>
            <li>
              <Link to="/profile">{t("seen.to_profile")}</Link>
            </li>
            <li>
              <Link to="/privacy">{t("seen.to_views")}</Link>
            </li>
          </>
        )}
      </ul>
    </Section>
  );
}
