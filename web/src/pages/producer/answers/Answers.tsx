import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { useBilingual } from "@/i18n/format";
import { briefQuery, briefsQuery, type Brief } from "../briefs";
import { ProjectFrame } from "../ProjectFrame";
import classes from "./Answers.module.css";
import { late, toKeep, writtenFor, type HowItEnds, type Prepared } from "./answers";
import { answersQuery } from "@/pages/shared/conversations";
import { Ending } from "./Ending";
import { Reopening } from "./Reopening";
import { isOver } from "./reopening";
import type { Said } from "@/pages/shared/useAct";
import { WaitingPerson } from "./WaitingPerson";

/** What everyone who waits hears from a project: one by one, or all with its end. */
export default function Answers() {
  const { t } = useTranslation("answers");
  return (
    <ProjectFrame title={t("title")} lead={<p>{t("lead")}</p>}>
      {({ brief, version }) => <Waiting brief={brief} version={version} />}
    </ProjectFrame>
  );
}

function Waiting({ brief, version }: { brief: Brief; version: string }) {
  const query = useQuery(answersQuery(brief.brief_id));
  return <Loaded query={query}>{(list) => <Written brief={brief} version={version} list={list} />}</Loaded>;
}

interface Draft {
  how: HowItEnds | "";
  each: Record<string, Prepared>;
}

interface Ended extends Shape<"PreparedAnswersInput"> {
  /** What they were made of. */
  written: Draft;
}

function Written({ brief, version, list }: { brief: Brief; version: string; list: Shape<"WaitingList"> }) {
  const { t } = useTranslation("answers");
  const worded = useBilingual();
  const cache = useQueryClient();
  const draft = useDraft<Draft>(`answers/${brief.brief_id}`, { how: "", each: {} });
  const [said, setSaid] = useState<Said | null>(null);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) head.current?.focus();
  }, [said]);

  const { waiting } = list;
  const { how, each } = draft.value;
  const sentence = (reason: string) => {
    const found = list.messages.find((one) => one.reason.id === reason);
    return found ? worded(found.message) : "";
  };
  const path = { brief_id: brief.brief_id };
  const answers = toKeep(waiting, each, sentence);
  const refresh = async () => {
    await cache.invalidateQueries({ queryKey: briefQuery(brief.brief_id).queryKey });
    await cache.invalidateQueries({ queryKey: ["conversations"] });
  };
  const put = (body: Shape<"PreparedAnswersInput">) => ask(api.PUT("/briefs/{brief_id}/answers", { params: { path }, body }));
  const keep = useMutation({
    mutationFn: put,
    onSuccess: async (now) => {
      cache.setQueryData(answersQuery(brief.brief_id).queryKey, now);
      setSaid({ tone: "good", title: t("end.kept") });
    },
    onError: tooLate,
  });
  const end = useMutation({
    mutationFn: async ({ answers: those }: Ended) => {
      if (waiting.length > 0) await put({ answers: those });
      const params = { path, header: { "If-Match": version } };
      return ask(how === "filled" ? api.POST("/briefs/{brief_id}/fill", { params }) : api.POST("/briefs/{brief_id}/close", { params }));
    },
    onSuccess: async (_, { written }) => {
      draft.sent(written);
      await refresh();
      await cache.invalidateQueries({ queryKey: briefsQuery.queryKey });
      setSaid({ tone: "good", title: t("end.done") });
    },
    onError: tooLate,
  });
  // Who waits, or the project itself, may have changed since it was read: nothing was sent then.
  async function tooLate(error: unknown) {
    if (!isProblem(error) || ![404, 409, 412].includes(error.status)) return;
    await refresh();
    setSaid({ tone: "warning", title: t(error.status === 404 ? "gone" : "changed") });
  }

  const refused = end.error ?? keep.error;
  const sent = (end.error ? end.variables : keep.variables)?.answers ?? [];
  const pointerOf = (id: string) => `/answers/${sent.findIndex((one) => one.conversation_id === id)}/text`;
  const overdue = late(waiting);
  return (
    <>
      <div ref={head} tabIndex={-1} className={classes.said}>
        {said && <Notice tone={said.tone} title={said.title} live />}
      </div>
      {overdue.length > 0 && (
        <Notice tone="danger" title={t("overdue.title", { count: overdue.length })}>
          <p>{t("overdue.what")}</p>
        </Notice>
      )}
      {brief.status !== "live" && <p className={classes.over}>{t(`over.${brief.status}`)}</p>}
      {waiting.length > 0 ? (
        <Section title={t("waiting")} hint={t("waiting_hint")} plain>
          <ul className={classes.people}>
            {waiting.map((one) => {
              const id = one.conversation.conversation_id;
              return (
                <WaitingPerson
                  key={id}
                  one={one}
                  written={writtenFor(one, each)}
                  sentence={sentence}
                  onWrite={(now) => draft.set((before) => ({ ...before, each: { ...before.each, [id]: now } }))}
                  onAnswered={() => {
                    void refresh();
                    setSaid({ tone: "good", title: t("sent_one", { name: worded(one.conversation.opposite) }) });
                  }}
                  onTooLate={(error) => void tooLate(error)}
                  error={refused}
                  pointer={pointerOf(id)}
                />
              );
            })}
          </ul>
          <p className={classes.calm}>{t("send_one_what")}</p>
        </Section>
      ) : (
        !isOver(brief) && (
          <Empty
            title={t("nobody")}
            action={
              <Button component={Link} to={`/briefs/${brief.brief_id}/conversations`} variant="default">
                {t("to_conversations")}
              </Button>
            }
          >
            <p>{t("nobody_what")}</p>
          </Empty>
        )
      )}
      {isOver(brief) && <Reopening brief={brief} version={version} onTooLate={(error) => void tooLate(error)} />}
      {brief.status === "live" && (
        <div className={classes.ending}>
          <Ending
            how={how}
            onHow={(chosen) => draft.set((before) => ({ ...before, how: chosen }))}
            count={waiting.length}
            leaks={isProblem(refused) ? refused.errors.filter((one) => one.code === "identity_leak").length : 0}
            error={isProblem(refused) && refused.status === 404 ? null : refused}
            fields={sent.map((_, index) => `/answers/${index}/text`)}
            pending={end.isPending}
            onEnd={() => end.mutate({ answers, written: draft.value })}
            onKeep={() => keep.mutate({ answers })}
            keeping={keep.isPending}
          />
        </div>
      )}
    </>
  );
}
