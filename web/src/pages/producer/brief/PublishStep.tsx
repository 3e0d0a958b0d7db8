import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, askVersion } from "@/api/client";
import { isProblem, type FieldProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Failed, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import { briefQuery, briefsQuery, type Brief } from "../briefs";
import { companyQuery } from "../company";
import classes from "./Editor.module.css";
import { useForm } from "./Fields";
import { NAMES, rootOf, type Name } from "./fields";
import { StagedPreview } from "./StagedPreview";
import { missing, numberOf, stepOf } from "./steps";
import { checkQuery } from "./useBriefEditor";
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
        <StagedPreview brief={brief} />
      </section>
    </>
  );
}

/** What publishing needs and is not there, each leading to its field. */
function Missing({ pointers, problems = [] }: { pointers: readonly string[]; problems?: readonly FieldProblem[] }) {
  const { t } = useTranslation("brief");
  const names = [...new Set(pointers.map(rootOf))].filter((name): name is Name => (NAMES as string[]).includes(name));
  if (names.length === 0) return null;
  const why = (name: Name) => problems.find((one) => rootOf(one.pointer) === name && one.code !== "required")?.message;
  return (
    <section>
      <h3>{t("publish.missing", { count: names.length })}</h3>
      <ul className={classes.list}>
        {names.map((name) => (
          <li key={name}>
            <Link to={`?step=${numberOf(stepOf(name))}&field=${name}`}>{t(`field.${name}`)}</Link> {why(name)}
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
  const { findings } = useForm();
  if (findings.length === 0) return <p>{t("publish.no_findings")}</p>;
  return (
    <section>
      <h3>{t("publish.findings", { count: findings.length })}</h3>
      <ul className={classes.list}>
        {findings.map((one, index) => (
          <li key={index}>
            <Tag tone={one.severity === "block" ? "danger" : "warning"}>{t(`finding.${one.severity}`)}</Tag>{" "}
            <Link to={`?step=${numberOf(stepOf(one.pointer))}&field=${rootOf(one.pointer)}`}>
              {t(`field.${rootOf(one.pointer) as Name}`)}
            </Link>{" "}
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
  const check = useQuery(checkQuery(brief));
  const company = useQuery(companyQuery);
  const publish = useMutation({
    mutationFn: async () => {
      await editor.flush();
      const key = briefQuery(brief.brief_id).queryKey;
      const version = cache.getQueryData(key)?.version ?? "*";
      return askVersion(
        api.POST("/briefs/{brief_id}/publish", {
          params: { path: { brief_id: brief.brief_id }, header: { "If-Match": version } },
        }),
      );
    },
    onSuccess: (read) => {
      cache.setQueryData(briefQuery(brief.brief_id).queryKey, read);
      void cache.invalidateQueries({ queryKey: briefsQuery.queryKey });
      void navigate(`/briefs/${brief.brief_id}`);
    },
  });
  if (check.isError && !check.data) return <Failed error={check.error} retry={() => void check.refetch()} />;
  if (!check.data) return <Loading />;
  const refused = isProblem(publish.error) ? publish.error.errors : [];
  const lacking = [...check.data.missing.map((one) => one.pointer), ...refused.filter((one) => one.start === undefined).map((one) => one.pointer)];
  const blocked = findings.some((one) => one.severity === "block");
  const ready = check.data.publishable && !blocked;
  const unverified = company.data ? company.data.status !== "verified" : false;
  return (
    <>
      <Missing pointers={lacking} problems={refused} />
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
        <PublishRefusal error={publish.error} />
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

function PublishRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation("brief");
  if (!isProblem(error)) return null;
  const elsewhere = { company_not_verified: "/company", answers_overdue: "/conversations" }[error.code];
  return (
    <>
      <Refusal error={error} fields={error.errors.map((one) => one.pointer)} />
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
  const [done, setDone] = useState(false);
  const { changed, fields, server, standing, problems } = editor;
  return (
    <>
      {changed.length === 0 ? (
        <Notice tone={done ? "good" : "plain"} live={done} title={done ? t("live.done") : t("live.nothing")}>
          <p>{done ? t("live.done_what") : t("live.nothing_what")}</p>
        </Notice>
      ) : (
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
          <Refusal error={standing.error} fields={problems.map((one) => one.pointer)} />
          <div className={classes.buttons}>
            <Button
              size="md"
              loading={standing.state === "saving"}
              disabled={editor.contested.length > 0}
              onClick={() => void editor.putOnline().then(() => setDone(true))}
            >
              {t("live.go")}
            </Button>
            <Button variant="default" size="md" onClick={() => editor.giveUp()}>
              {t("live.give_up")}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}
