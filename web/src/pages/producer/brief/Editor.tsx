import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { isProblem } from "@/api/problem";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice, Refusal } from "@/design/Notice";
import { Loading, Unknown } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { Conflicts } from "./Conflicts";
import classes from "./Editor.module.css";
import { Eligible, useEligible } from "./Eligible";
import { Form } from "./Fields";
import type { Name } from "./fields";
import { merged } from "../../shared/findings";
import { idOf } from "./limits";
import { PublishStep } from "./PublishStep";
import { Returned } from "./Returned";
import { StepList } from "./StepList";
import { MoneyStep, NeedStep, ProjectStep, StoryStep } from "./Steps";
import { addressOf, numberOf, stepAt, STEPS, within, type Step } from "./steps";
import type { Brief } from "../briefs";
import { useBriefEditor, useCheck, type BriefEditor } from "./useBriefEditor";

const PARTS = { project: ProjectStep, story: StoryStep, need: NeedStep, money: MoneyStep, publish: PublishStep } as const;

/** A project being written, in five steps; kept as it goes, on this device and then by the server. */
export function Editor({ known }: { known: { value: Brief; version: string } | null }) {
  const { t } = useTranslation(["brief", "common"]);
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const step = stepAt(search.get("step"));
  const field = search.get("field");
  const editor = useBriefEditor(known, (brief) => {
    // The address is that of the project from now on, for a reload too; whoever is writing stays in their field, which
    // another screen of the router would take from them.
    const at = stepAt(new URLSearchParams(window.location.search).get("step"));
    window.history.replaceState(window.history.state, "", addressOf(brief.brief_id, at));
  });
  const { brief, fields, standing, saving } = editor;
  const heading = useRef<HTMLHeadingElement>(null);
  const check = useCheck(brief, editor.waiting, saving !== "never");
  const read = check.data;
  const eligible = useEligible(fields);
  const words = useTaxonomy();
  // Fields that come have the lists asked for once more: from the first failure on they stay while that goes on.
  const wanting = useRef(false);
  if (words.failed) wanting.current = true;
  const findings = useMemo(
    () =>
      merged(read?.findings ?? [], editor.problems, (pointer) => {
        const [, name, language] = pointer.split("/");
        const value = (fields as unknown as Record<string, unknown>)[name ?? ""];
        return typeof value === "string" ? value : ((value as Record<string, string> | undefined)?.[language ?? ""] ?? "");
      }),
    [read, editor.problems, fields],
  );

  // Whoever comes from another step begins at this one's title, or at the field they were led to.
  const shownBefore = useRef<string | null>(null);
  useEffect(() => {
    const at = `${step} ${field ?? ""}`;
    if (shownBefore.current === at || (shownBefore.current === null && !field)) {
      shownBefore.current = at;
      return;
    }
    shownBefore.current = at;
    const target = field ? document.getElementById(idOf(field)) : null;
    // After whatever begins each new screen at its top.
    queueMicrotask(() => {
      (target ?? heading.current)?.focus();
      (target ?? heading.current)?.scrollIntoView({ block: target ? "center" : "start" });
    });
  }, [step, field]);

  // The router has not followed a project that got its address on this screen.
  const moved = known ? null : (brief?.brief_id ?? null);
  const leadsTo = (to: Step, at?: Name) => (moved ? `/briefs/${moved}/edit` : "") + within(to, at);
  const [going, setGoing] = useState(false);
  const goTo = async (to: Step) => {
    const saved = editor.flush();
    if (!moved) return setSearch({ step: String(numberOf(to)) });
    setGoing(true);
    await saved;
    await navigate(leadsTo(to));
  };

  const Part = PARTS[step];
  const place = numberOf(step);
  const after = STEPS[place];
  const before = STEPS[place - 2];
  if (saving === "never" && brief) return <Over brief={brief} />;
  return (
    <Form.Provider value={{ editor, findings, leadsTo }}>
      {brief?.status === "returned" && <Returned brief={brief} />}
      {saving === "at once" && <LiveNotice />}
      <div className={classes.editor}>
        <aside className={classes.aside}>
          <StepList step={step} />
          <SaveState editor={editor} />
          <Eligible role={fields.role} query={eligible} />
        </aside>
        {/* On a telephone the column above is soon out of sight. */}
        <div className={classes.strip}>
          <SaveState editor={editor} />
          {fields.role && eligible.data && <p>{t("eligible.count", { count: eligible.data.eligible })}</p>}
        </div>
        <SaveSaid editor={editor} />
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (after) void goTo(after);
          }}
        >
          <header>
            <p className={classes.place}>{t("step_of", { count: place, of: STEPS.length })}</p>
            <h2 ref={heading} tabIndex={-1} className={classes.title}>
              {t(`step.${step}.title`)}
            </h2>
            <p className={classes.what}>{t(`step.${step}.what`)}</p>
            <Conflicts editor={editor} />
          </header>
          {words.failed && (
            <Notice
              tone="warning"
              live
              title={t("words.failed")}
              actions={
                <Button variant="default" onClick={words.readAgain}>
                  {t("retry", { ns: "common" })}
                </Button>
              }
            >
              <p>{t("words.failed_what")}</p>
            </Notice>
          )}
          {!words.ready && !words.failed && <Loading />}
          {(words.ready || wanting.current) && <Part />}
          {after && check.isError && !read && <Unknown retry={check.refetch}>{t("check_failed")}</Unknown>}
          {standing.error !== null && saving === "as it goes" && (
            <NotSaved error={standing.error} retry={() => void editor.flush()} reload={() => void editor.readAgain()} />
          )}
          <div className={classes.onward}>
            {before && (
              <Button variant="default" size="md" onClick={() => void goTo(before)}>
                {t("go.before")}
              </Button>
            )}
            {after && (
              <Button type="submit" size="md" loading={going}>
                {t("go.after", { step: t(`step.${after}.title`) })}
              </Button>
            )}
          </div>
        </form>
      </div>
    </Form.Provider>
  );
}

/** Where what is written is, in a few words. */
function useSaveWords({ standing, saving, changed }: BriefEditor): string {
  const { t } = useTranslation("brief");
  const { time } = useFormats();
  if (saving === "at once") return changed.length > 0 ? t("save.waiting", { count: changed.length }) : t("save.online");
  const at = standing.at ? t("save.saved", { at: time(standing.at) }) : t("save.nothing");
  return { clean: at, saved: at, unsaved: t("save.unsaved"), saving: t("save.saving"), kept: t("save.kept") }[standing.state];
}

function SaveState({ editor }: { editor: BriefEditor }) {
  const words = useSaveWords(editor);
  return (
    <p className={classes.saved} data-state={editor.saving === "at once" ? undefined : editor.standing.state}>
      {words}
    </p>
  );
}

/** The same for whoever listens: what it came to, and not each state on the way there. Saved twice within a minute, it
 * says the same, which is not read out again. */
function SaveSaid({ editor }: { editor: BriefEditor }) {
  const words = useSaveWords(editor);
  const { state } = editor.standing;
  const last = useRef("");
  if (state === "saved" || state === "kept") last.current = words;
  return (
    <p className="visually-hidden" role="status" data-save-said>
      {last.current}
    </p>
  );
}

/** A save that did not come through: what was written is on this device. */
function NotSaved({ error, retry, reload }: { error: unknown; retry: () => void; reload: () => void }) {
  const { t } = useTranslation("brief");
  const { state } = useSession();
  // The dialog that asks for the password says what there is to do; saving goes on after it.
  if (isProblem(error) && error.status === 401 && state === "expired") return null;
  if (isProblem(error) && error.code === "no_company") {
    return (
      <Notice tone="warning" live title={t("no_company.title")} actions={<Link to="/company">{t("no_company.go")}</Link>}>
        <p>{t("no_company.what")}</p>
      </Notice>
    );
  }
  return (
    <>
      <Refusal error={error} reload={reload} />
      <div>
        <Button variant="default" onClick={retry}>
          {t("save.now")}
        </Button>
      </div>
    </>
  );
}

function LiveNotice() {
  const { t } = useTranslation("brief");
  return (
    <Notice title={t("live.title")}>
      <p>{t("live.what")}</p>
    </Notice>
  );
}

/** A project that is over is not written on. */
function Over({ brief }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  return (
    <Notice
      tone="warning"
      title={t("over.title")}
      actions={
        <Button component={Link} to={`/briefs/${brief.brief_id}/answers`}>
          {t("over.go")}
        </Button>
      }
    >
      <p>{t("over.what")}</p>
    </Notice>
  );
}
