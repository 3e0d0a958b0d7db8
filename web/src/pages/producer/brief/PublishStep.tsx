import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, askVersion } from "@/api/client";
import { isProblem, type FieldProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Failed, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import { briefsQuery, chosenAnew, keepBrief, type Brief } from "../briefs";
import { companyQuery } from "../company";
import classes from "./Editor.module.css";
import type { Edits } from "./edits";
import { useForm } from "./Fields";
import { NAMES, rootOf, type Name } from "./fields";
import { StagedPreview } from "./StagedPreview";
import { missing, stepOf } from "./steps";
import { useCheck } from "./useBriefEditor";
import { useFieldWords } from "./useFieldWords";

/** The project read over: what it lacks, what should not stand in it, what freelancers will see, and what publishing
 * does. */
export function PublishStep() {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const { brief, saving } = editor;
  if (!brief) return <Missing pointers={missing(editor.fields).map((name) => `/${name}`)} />;
  return (
    <>
      {saving === "at once" ? <PutOnline /> : <Publish brief={brief} />}
      <section className={classes.preview}>
        <h3>{t("publish.preview")}</h3>
        <p className={classes.what}>{t("publish.preview_what")}</p>
        <StagedPreview brief={brief} waiting={editor.waiting} />
      </section>
    </>
  );
}

/** What publishing needs and is not there, each leading to its field. */
function Missing({ pointers, problems = [] }: { pointers: readonly string[]; problems?: readonly FieldProblem[] }) {
  const { t } = useTranslation("brief");
  const { leadsTo } = useForm();
  const names = [...new Set(pointers.map(rootOf))].filter((name): name is Name => (NAMES as string[]).includes(name));
  if (names.length === 0) return null;
  const why = (name: Name) => problems.find((one) => rootOf(one.pointer) === name && one.code !== "required")?.message;
  return (
    <section>
      <h3>{t("publish.missing", { count: names.length })}</h3>
      <ul className={classes.list}>
        {names.map((name) => (
          <li key={name}>
            <Link to={leadsTo(stepOf(name), name)}>{t(`field.${name}`)}</Link> {why(name)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the texts should not say, each leading to where it is written. */
function Passages() {
  const { t } = useTranslation("brief");
  const both = useBilingual();
  const { findings, leadsTo } = useForm();
  if (findings.length === 0) return <p>{t("publish.no_findings")}</p>;
  return (
    <section>
      <h3>{t("publish.findings", { count: findings.length })}</h3>
      <ul className={classes.list}>
        {findings.map((one, index) => (
          <li key={index}>
            <Tag tone={one.severity === "block" ? "danger" : "warning"}>{t(`finding.${one.severity}`)}</Tag>{" "}
            <Link to={leadsTo(stepOf(one.pointer), rootOf(one.pointer) as Name)}>{t(`field.${rootOf(one.pointer) as Name}`)}</Link>{" "}
            <q>{one.passage}</q> {both(one.reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Publish({ brief }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const { editor, findings } = useForm();
  const both = useBilingual();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const check = useCheck(brief);
  const company = useQuery(companyQuery);
  const publish = useMutation({
    mutationFn: async () => {
      // What goes online is what stands in the form: while any of it is not saved, nothing does.
      const saved = await editor.flush();
      if (!saved) return null;
      return askVersion(
        api.POST("/briefs/{brief_id}/publish", {
          params: { path: { brief_id: brief.brief_id }, header: { "If-Match": saved.version } },
        }),
      );
    },
    onSuccess: async (read) => {
      if (!read) return;
      await keepBrief(cache, read);
      void cache.invalidateQueries({ queryKey: briefsQuery.queryKey });
      chosenAnew(cache, brief.brief_id);
      void navigate(`/briefs/${brief.brief_id}`);
    },
  });
  if (check.isError && !check.data) return <Failed error={check.error} retry={() => void check.refetch()} />;
  if (!check.data) return <Loading />;
  const refused = [...editor.problems, ...(isProblem(publish.error) ? publish.error.errors : [])];
  const wrong = refused.filter((one) => one.start === undefined).map((one) => one.pointer);
  // The reading over knows the project as it is saved; a budget with one of its two amounts is in the form alone.
  const absent = [...check.data.missing.map((one) => one.pointer), ...missing(editor.fields).map((name) => `/${name}`)];
  const blocked = findings.some((one) => one.severity === "block");
  const ready = check.data.publishable && !blocked && absent.length === 0 && editor.problems.length === 0;
  const waits = publish.data === null && (editor.standing.state === "kept" || editor.standing.state === "unsaved");
  const unverified = company.data ? company.data.status !== "verified" : false;
  return (
    <>
      <Missing pointers={[...absent, ...wrong]} problems={refused} />
      <Passages />
      {check.data.rate_notice && <Notice title={t("publish.rate")}>{both(check.data.rate_notice)}</Notice>}
      {unverified && (
        <Notice tone="warning" title={t("publish.unverified")} actions={<Link to="/company">{t("publish.verify")}</Link>}>
          <p>{t("publish.unverified_what")}</p>
        </Notice>
      )}
      <section className={classes.consequences}>
        <h3>{ready ? t("publish.then") : t("publish.then_later")}</h3>
        <ul className={classes.list}>
          {(["matched", "seen", "hidden", "answers", "ends"] as const).map((one) => (
            <li key={one}>{t(`publish.consequence.${one}`)}</li>
          ))}
        </ul>
        {waits && (
          <Notice tone="warning" live title={t("publish.unsaved")}>
            <p>{t("publish.unsaved_what")}</p>
          </Notice>
        )}
        <PublishRefusal
          error={publish.error}
          reload={() => {
            publish.reset();
            void editor.readAgain();
          }}
        />
        <Button
          size="lg"
          loading={publish.isPending}
          disabled={!ready || unverified || editor.contested.length > 0}
          onClick={() => publish.mutate()}
        >
          {t("publish.go")}
        </Button>
        {!ready && <p className={classes.what}>{blocked ? t("publish.blocked") : t("publish.not_yet")}</p>}
      </section>
    </>
  );
}

function PublishRefusal({ error, reload }: { error: unknown; reload: () => void }) {
  const { t } = useTranslation("brief");
  if (!isProblem(error)) return null;
  const elsewhere = { company_not_verified: "/company", answers_overdue: "/conversations" }[error.code];
  return (
    <>
      <Refusal error={error} fields={error.errors.map((one) => one.pointer)} reload={reload} />
      {elsewhere && (
        <p>
          <Link to={elsewhere}>{error.code === "answers_overdue" ? t("publish.answer_first") : t("publish.verify")}</Link>
        </p>
      )}
    </>
  );
}

/** A project that is online: what was changed, and the button that puts all of it there. */
function PutOnline() {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const inWords = useFieldWords();
  const place = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<"online" | { given: Edits } | null>(null);
  const { changed, fields, server, standing, problems } = editor;
  const now = (what: typeof last) => {
    setLast(what);
    place.current?.focus(); // the buttons are gone; whoever pressed one goes on from here
  };
  return (
    <div ref={place} tabIndex={-1} className={classes.told}>
      {changed.length > 0 ? (
        <section className={classes.consequences}>
          <h3>{t("live.changes", { count: changed.length })}</h3>
          <dl className={classes.changes}>
            {changed.map((name) => (
              <div key={name}>
                <dt>{t(`field.${name}`)}</dt>
                <dd>
                  <del>{inWords(name, server[name])}</del>
                  <ins>{inWords(name, fields[name])}</ins>
                </dd>
              </div>
            ))}
          </dl>
          <Missing pointers={problems.filter((one) => one.start === undefined).map((one) => one.pointer)} problems={problems} />
          <Passages />
          <p>{t("live.then")}</p>
          <Refusal error={standing.error} fields={problems.map((one) => one.pointer)} reload={() => void editor.readAgain()} />
          <div className={classes.buttons}>
            <Button
              size="md"
              loading={standing.state === "saving"}
              disabled={editor.contested.length > 0}
              onClick={() => void editor.putOnline().then((went) => went && now("online"))}
            >
              {t("live.go")}
            </Button>
            <Button
              variant="default"
              size="md"
              disabled={standing.state === "saving"}
              onClick={() => now({ given: editor.giveUp() })}
            >
              {t("live.give_up")}
            </Button>
          </div>
        </section>
      ) : last === null ? (
        <Notice title={t("live.nothing")}>
          <p>{t("live.nothing_what")}</p>
        </Notice>
      ) : last === "online" ? (
        <Notice tone="good" live title={t("live.done")}>
          <p>{t("live.done_what")}</p>
        </Notice>
      ) : (
        <Notice
          live
          title={t("live.given_up")}
          actions={
            <Button
              variant="default"
              onClick={() => {
                editor.takeUp(last.given);
                now(null);
              }}
            >
              {t("live.take_up")}
            </Button>
          }
        >
          <p>{t("live.given_up_what")}</p>
        </Notice>
      )}
    </div>
  );
}
