import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Facts } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { Clauses, termsQuery, type Terms } from "../shared/terms";
import { Tell } from "../shared/useAct";
import { useProjectWords, type ProjectCard } from "../shared/useProjectWords";
import classes from "./Project.module.css";
import { projectQuery } from "./projects";

/** What the confidentiality terms open; before that, the terms. */
export function FullProject({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("projects");
  return <Section title={t("full.title")}>{card.stage === "card" ? <ToAccept card={card} /> : <Opened card={card} />}</Section>;
}

function ToAccept({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("projects");
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...termsQuery(card.project_id), enabled: open });
  return (
    <>
      <p className={classes.text}>{t("full.what")}</p>
      <details className={classes.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("full.read")}</summary>
        {open && <Loaded query={query}>{(terms) => <Accept projectId={card.project_id} terms={terms} />}</Loaded>}
      </details>
    </>
  );
}

function Accept({ projectId, terms }: { projectId: string; terms: Terms }) {
  const { t } = useTranslation("projects");
  const { moment } = useFormats();
  const cache = useQueryClient();
  const tell = useContext(Tell);
  const accept = useMutation({
    mutationFn: (version: string) =>
      ask(api.POST("/projects/{project_id}/confidentiality", { params: { path: { project_id: projectId } }, body: { version } })),
    onSuccess: async (accepted) => {
      cache.setQueryData(termsQuery(projectId).queryKey, accepted);
      await cache.invalidateQueries({ queryKey: projectQuery(projectId).queryKey });
      tell({ tone: "good", title: t("full.opened") });
    },
    onError: (error) => isOutdated(error) && void cache.invalidateQueries({ queryKey: termsQuery(projectId).queryKey }),
  });
  return (
    <div className={classes.terms}>
      {terms.accepted && !terms.in_force && (
        <p>{t("full.changed", { version: terms.accepted.version, moment: moment(terms.accepted.accepted_at) })}</p>
      )}
      {isOutdated(accept.error) && <Notice tone="warning" live title={t("full.outdated")} />}
      <p className={classes.calm}>{t("full.version", { version: terms.version })}</p>
      <Clauses clauses={terms.clauses} />
      {!isOutdated(accept.error) && <Refusal error={accept.error} />}
      <div>
        <Button loading={accept.isPending} onClick={() => accept.mutate(terms.version)}>
          {t("full.accept")}
        </Button>
      </div>
      <p className={classes.calm}>{t("full.accept_hint")}</p>
    </div>
  );
}

const isOutdated = (error: unknown) => isProblem(error) && error.code === "terms_outdated";

function Opened({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("projects");
  const words = useProjectWords();
  const pitch = words.said(card.pitch);
  const tasks = words.said(card.detailed_tasks);
  return (
    <div className={classes.full}>
      <p className={classes.calm}>{t("full.confidential")}</p>
      {pitch && (
        <>
          <h3>{t("full.pitch")}</h3>
          <p className={classes.long} lang={pitch.language}>
            {pitch.text}
          </p>
        </>
      )}
      {tasks && (
        <>
          <h3>{t("full.tasks")}</h3>
          <p className={classes.text} lang={tasks.language}>
            {tasks.text}
          </p>
        </>
      )}
      <Facts items={words.rights(card)} />
      <Calendar card={card} />
      <Accepted projectId={card.project_id} />
    </div>
  );
}

/** Hands the project's dates to the browser as a file for a calendar. */
function Calendar({ card }: { card: ProjectCard }) {
  const { t } = useTranslation("projects");
  const fetchDates = useMutation({
    mutationFn: () =>
      ask(
        api.GET("/projects/{project_id}/calendar", {
          params: { path: { project_id: card.project_id } },
          parseAs: "text",
        }),
      ),
    onSuccess: (dates) => {
      const address = URL.createObjectURL(new Blob([dates], { type: "text/calendar" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = `${card.code_name ?? t("title")}.ics`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
    },
  });
  return (
    <div className={classes.calendar}>
      <Button variant="default" loading={fetchDates.isPending} onClick={() => fetchDates.mutate()}>
        {t("full.calendar")}
      </Button>
      <p role="status" className={classes.calm}>
        {fetchDates.isSuccess && t("full.calendar_done")}
      </p>
      <Refusal error={fetchDates.error} />
    </div>
  );
}

/** As long as a browser may take to begin to write the file. */
const KEPT_MS = 60_000;

/** Which terms were accepted and when, and the terms to be read again. */
function Accepted({ projectId }: { projectId: string }) {
  const { t } = useTranslation("projects");
  const { moment } = useFormats();
  const { data: terms } = useQuery(termsQuery(projectId));
  if (!terms?.accepted) return null;
  const said = t("full.accepted", { moment: moment(terms.accepted.accepted_at), version: terms.accepted.version });
  // Of terms that are no longer in force, the wording is not at hand.
  if (!terms.in_force) return <p className={classes.calm}>{said}</p>;
  return (
    <details className={classes.fold}>
      <summary>{said}</summary>
      <div className={classes.terms}>
        <Clauses clauses={terms.clauses} />
      </div>
    </details>
  );
}
