import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { nowStands, type Conversation } from "../../shared/conversations";
import { hasBegunToWrite } from "../../shared/InterestForm";
import type { ProjectCard } from "../../shared/useProjectWords";
import { ProjectRow } from "../ProjectRow";
import list from "../Projects.module.css";
import { about, fitQuery, projectsQuery, useAllConversations } from "../projects";
import { searchOf } from "../search";
import { news } from "./home";
import classes from "./Home.module.css";

const EVERYTHING = searchOf(new URLSearchParams());

/** The projects that fit the reader best among those that are new to them, each with why. */
export function ForMe() {
  const { t } = useTranslation(["forMe", "projects"]);
  const query = useInfiniteQuery(projectsQuery(EVERYTHING));
  const { all, complete } = useAllConversations();
  const [answered, setAnswered] = useState<Answered | null>(null);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answered) told.current?.focus();
  }, [answered]);
  const content = () => {
    if (!query.data) return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />;
    if (!complete) return null; // said above, where conversations are read
    const shown = news(query.data.pages.flatMap((page) => page.projects), all);
    if (shown.length === 0) {
      return (
        <Empty
          title={t("projects.none")}
          action={
            <Button component={Link} to="/projects">
              {t("projects.all")}
            </Button>
          }
        >
          <p>{t("projects.none_what")}</p>
        </Empty>
      );
    }
    return (
      <>
        <ul className={list.rows}>
          {shown.map((card) => (
            <ProjectRow key={card.project_id} card={card} conversation={about(card.project_id, all)}>
              <Why projectId={card.project_id} />
              <Answers card={card} onAnswered={setAnswered} />
            </ProjectRow>
          ))}
        </ul>
        <Button component={Link} to="/projects" variant="default">
          {t("projects.all")}
        </Button>
      </>
    );
  };
  return (
    <Section plain title={t("projects.title")} hint={t("projects.hint")}>
      <div ref={told} tabIndex={-1} className={classes.told}>
        {answered && <Said of={answered} />}
      </div>
      {content()}
    </Section>
  );
}

/** What was answered to which project: a yes, with the conversation that it has begun, or a no. */
type Answered = { card: ProjectCard; said: "interested" | "declined"; conversation: Conversation };

function Said({ of: { card, said, conversation } }: { of: Answered }) {
  const { t } = useTranslation(["forMe", "projects", "conversation"]);
  const { day } = useFormats();
  const name = card.code_name ?? t("no_name", { ns: "projects" });
  const due = conversation.answer_due_at;
  if (said === "declined") {
    return (
      <Notice
        tone="good"
        live
        title={t("projects.declined", { name })}
        actions={<Link to={`/projects/${card.project_id}`}>{t("projects.declined_see")}</Link>}
      >
        <p>{t("projects.declined_what")}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="good"
      live
      title={t("projects.interested", { name })}
      actions={<Link to={`/conversations/${conversation.conversation_id}`}>{t("projects.interested_see")}</Link>}
    >
      {due && <p>{t("answer.promised", { ns: "projects", day: day(due) })}</p>}
      <p>{t("interest.follows", { ns: "conversation" })}</p>
    </Notice>
  );
}

/** Why the reader, in a sentence; what keeps them from being proposed, where something does. */
function Why({ projectId }: { projectId: string }) {
  const { t } = useTranslation("forMe");
  const both = useBilingual();
  const { number } = useFormats();
  const { data: fit } = useQuery(fitQuery(projectId));
  // Of one project among others it is no use to say that this could not be read: its own screen does.
  if (!fit) return <div className={classes.why} />;
  const [obstacle] = fit.obstacles;
  const { standing } = fit;
  return (
    <div className={classes.why}>
      <p>
        <strong>{t("projects.why")}</strong> {both(standing.summary)}
      </p>
      {obstacle ? (
        <p>
          <strong>{t("projects.but")}</strong> {both(obstacle.text)}
        </p>
      ) : (
        <p className={classes.place}>{t("projects.place", { rank: number(standing.rank), count: standing.eligible })}</p>
      )}
    </div>
  );
}

/** A yes and a no, each in one press. Where the reader has begun to write to the project, the yes leads there. */
function Answers({ card, onAnswered }: { card: ProjectCard; onAnswered: (answered: Answered) => void }) {
  const { t } = useTranslation(["projects", "conversation"]);
  const cache = useQueryClient();
  const begun = hasBegunToWrite(card.project_id);
  const path = { project_id: card.project_id };
  const answer = useMutation({
    mutationFn: (said: Answered["said"]) =>
      ask(
        said === "interested"
          ? api.POST("/projects/{project_id}/interest", { params: { path }, body: { text: null, answers: [] } })
          : api.POST("/projects/{project_id}/decline", { params: { path } }),
      ),
    onSuccess: async (conversation, said) => {
      await nowStands(cache, conversation);
      onAnswered({ card, said, conversation });
    },
  });
  const sending = (said: Answered["said"]) => answer.isPending && answer.variables === said;
  return (
    <>
      <div className={classes.answers}>
        {begun ? (
          <Button component={Link} to={`/projects/${card.project_id}`}>
            {t("answer.finish")}
            <span className="visually-hidden"> {card.code_name}</span>
          </Button>
        ) : (
          <Button loading={sending("interested")} onClick={() => answer.mutate("interested")}>
            {t("answer.yes")}
            <span className="visually-hidden"> {card.code_name}</span>
          </Button>
        )}
        <Button variant="default" loading={sending("declined")} onClick={() => answer.mutate("declined")}>
          {t("decline.do", { ns: "conversation" })}
          <span className="visually-hidden"> {card.code_name}</span>
        </Button>
        {!begun && (
          <Button component={Link} to={`/projects/${card.project_id}`} variant="subtle">
            {t("read")}
            <span className="visually-hidden"> {card.code_name}</span>
          </Button>
        )}
      </div>
      <Refusal error={answer.error} reload={() => void cache.invalidateQueries({ queryKey: ["conversations"] })} />
    </>
  );
}
