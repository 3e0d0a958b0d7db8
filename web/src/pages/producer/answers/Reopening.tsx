import { Button, TextInput, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, askVersion, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { briefQuery, briefsQuery, type Brief } from "../briefs";
import { fieldsOf, wire, type Texts, type Window } from "../brief/fields";
import { idOf, LONGEST } from "../brief/limits";
import classes from "./Answers.module.css";
import { toMend, type Mendable, type Mended } from "./reopening";
import { cameTooLate } from "@/pages/shared/useAct";

const ELSEWHERE = { answers_overdue: "/conversations", company_not_verified: "/company" } as const;

/** A project that is over goes back online, with what has to be mended for it. */
export function Reopening({ brief, version, onTooLate }: {
  brief: Brief;
  version: string;
  /** Somebody else changed it, or put it online, meanwhile. */
  onTooLate: (error: unknown) => void;
}) {
  const { t } = useTranslation(["answers", "brief"]);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const id = brief.brief_id;
  const draft = useDraft<Mended>(`reopening/${id}`, {});
  const form = useRef<HTMLFormElement>(null);
  const reopen = useMutation({
    mutationFn: async (mended: Mended) => {
      const path = { brief_id: id };
      let over = version;
      const body = Object.fromEntries(Object.entries(mended).map(([name, value]) => [name, wire(name as Mendable, value)]));
      if (Object.keys(body).length > 0) {
        const read = await askVersion(
          api.PATCH("/briefs/{brief_id}", { params: { path, header: { "If-Match": version } }, body: body as Shape<"BriefInput"> }),
        );
        cache.setQueryData(briefQuery(id).queryKey, read);
        over = read.version;
      }
      return askVersion(api.POST("/briefs/{brief_id}/reopen", { params: { path, header: { "If-Match": over } } }));
    },
    onSuccess: async (read, mended) => {
      draft.sent(mended);
      cache.setQueryData(briefQuery(id).queryKey, read);
      // Its shortlist, and whom it is in touch with, are those of another time online.
      await Promise.all([
        cache.invalidateQueries({ queryKey: briefsQuery.queryKey }),
        cache.invalidateQueries({ queryKey: ["briefs", id], predicate: ({ queryKey }) => queryKey.length > 2 }),
        cache.invalidateQueries({ queryKey: ["conversations"] }),
      ]);
      void navigate(`/briefs/${id}`);
    },
    onError: (error) => {
      if (isTooLate(error)) onTooLate(error);
    },
  });
  const { error } = reopen;
  const problems = isProblem(error) ? error.errors : [];
  const at = (...pointers: string[]) => problems.find((one) => pointers.includes(one.pointer))?.message;
  const fields = { ...fieldsOf(brief), ...draft.value };
  const names = toMend(brief, problems.map((one) => one.pointer), draft.value);
  const set = <N extends Mendable>(name: N, value: Mended[N]) => draft.set((before) => ({ ...before, [name]: value }));
  const shown = names.flatMap(pointersOf);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);

  const day = (name: "option_end_date" | "broadcaster_date") => (
    <TextInput
      key={name}
      id={idOf(name)}
      type="date"
      label={t(`brief:field.${name}`)}
      value={fields[name] ?? ""}
      onChange={(event) => set(name, event.currentTarget.value || null)}
      error={at(`/${name}`)}
    />
  );
  const edge = (which: keyof Window) => (
    <TextInput
      id={idOf(which === "from" ? "start_window" : "start_until")}
      type="date"
      label={t(`brief:field.start_${which}`)}
      value={fields.start_window[which]}
      onChange={(event) => set("start_window", { ...fields.start_window, [which]: event.currentTarget.value })}
      error={at(`/start_window/${which}`, ...(which === "from" ? ["/start_window"] : []))}
    />
  );
  const text = (name: "logline" | "pitch" | "detailed_tasks", language: keyof Texts) => (
    <Textarea
      id={language === "fr" ? idOf(name) : `${idOf(name)}-en`}
      label={language === "fr" ? t(`brief:field.${name}`) : t("brief:text.in_english", { of: t(`brief:field.${name}`) })}
      lang={language}
      value={fields[name][language]}
      onChange={(event) => set(name, { ...fields[name], [language]: event.currentTarget.value })}
      error={at(`/${name}/${language}`, ...(language === "fr" ? [`/${name}`] : []))}
      maxLength={LONGEST[name]}
      autosize
      minRows={3}
    />
  );
  const elsewhere = isProblem(error) ? ELSEWHERE[error.code as keyof typeof ELSEWHERE] : undefined;
  return (
    <Section title={t("reopen.title")} hint={t("reopen.hint")}>
      <form
        ref={form}
        className={classes.end}
        onSubmit={(event) => {
          event.preventDefault();
          reopen.mutate(draft.value);
        }}
      >
        {names.length > 0 && <p>{t("reopen.mend")}</p>}
        {names.map((name) => {
          if (name === "option_end_date" || name === "broadcaster_date") return day(name);
          if (name === "start_window") {
            return (
              <div key={name} className={classes.dates}>
                {edge("from")}
                {edge("until")}
              </div>
            );
          }
          if (name === "code_name") {
            return (
              <TextInput
                key={name}
                id={idOf(name)}
                label={t("brief:field.code_name")}
                value={fields.code_name}
                onChange={(event) => set("code_name", event.currentTarget.value)}
                error={at("/code_name")}
                maxLength={LONGEST.code_name}
              />
            );
          }
          return (
            <div key={name}>
              {text(name, "fr")}
              {fields[name].en && text(name, "en")}
            </div>
          );
        })}
        {error !== null && !isTooLate(error) && <Refusal error={error} fields={shown} />}
        {elsewhere && (
          <p>
            <Link to={elsewhere}>{t(elsewhere === "/company" ? "brief:publish.verify" : "overdue.do")}</Link>
          </p>
        )}
        <div className={classes.buttons}>
          <Button type="submit" loading={reopen.isPending}>
            {t(names.length > 0 ? "reopen.go_mended" : "reopen.go")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** The company’s own standing is told here; that of the project has changed under the reader. */
const isTooLate = (error: unknown) => cameTooLate(error) && !(isProblem(error) && error.code in ELSEWHERE);

const pointersOf = (name: Mendable): string[] => {
  const within = { start_window: ["from", "until"], logline: ["fr", "en"], pitch: ["fr", "en"], detailed_tasks: ["fr", "en"] };
  return [`/${name}`, ...(name in within ? within[name as keyof typeof within].map((part) => `/${name}/${part}`) : [])];
};
