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
import { nowStands } from "../../shared/conversations";
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
  const [declined, setDeclined] = useState<ProjectCard | null>(null);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (declined) told.current?.focus();
  }, [declined]);
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
              <Answers card={card} onDeclined={() => setDeclined(card)} />
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
        {declined && (
          <Notice
            tone="good"
            live
            title={t("projects.declined", { name: declined.code_name ?? t("no_name", { ns: "projects" }) })}
            actions={<Link to={`/projects/${declined.project_id}`}>{t("projects.declined_see")}</Link>}
          >
            <p>{t("projects.declined_what")}</p>
          </Notice>
        )}
      </div>
      {content()}
    </Section>
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

function Answers({ card, onDeclined }: { card: ProjectCard; onDeclined: () => void }) {
  const { t } = useTranslation(["projects", "conversation"]);
  const cache = useQueryClient();
  const decline = useMutation({
    mutationFn: () => ask(api.POST("/projects/{project_id}/decline", { params: { path: { project_id: card.project_id } } })),
    onSuccess: async (now) => {
      await nowStands(cache, now);
      onDeclined();
    },
  });
  return (
    <>
      <div className={classes.answers}>
        <Button component={Link} to={`/projects/${card.project_id}`}>
          {t("read")}
          <span className="visually-hidden"> {card.code_name}</span>
        </Button>
        <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
          {t("decline.do", { ns: "conversation" })}
          <span className="visually-hidden"> {card.code_name}</span>
        </Button>
      </div>
      <Refusal error={decline.error} reload={() => void cache.invalidateQueries({ queryKey: ["conversations"] })} />
    </>
  );
}
