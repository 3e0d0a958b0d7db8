import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useSearchParams } from "react-router";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import classes from "./admin.module.css";
import { urgencyOf } from "./moderation/moderation";

/** The lists of moderation, one beside the other. */
export function ModerationTabs() {
  const { t } = useTranslation("adminModeration");
  return (
    <nav className={classes.tabs} aria-label={t("tabs.name")}>
      <NavLink to="/admin/moderation">{t("tabs.reports")}</NavLink>
      <NavLink to="/admin/projects">{t("tabs.projects")}</NavLink>
      <NavLink to="/admin/measures">{t("tabs.measures")}</NavLink>
      <NavLink to="/admin/identity-requests">{t("tabs.identity")}</NavLink>
    </nav>
  );
}

/** What a list is narrowed to, kept in the address. The first choice stands for none. */
export function Choices({ name, label, choices }: {
  name: string;
  label: string;
  choices: readonly (readonly [value: string, words: string])[];
}) {
  const [chosen, choose] = useSearchParams();
  const now = chosen.get(name) ?? "";
  return (
    <div className={classes.choices} role="group" aria-label={label}>
      {choices.map(([value, words]) => (
        <button
          key={value}
          type="button"
          aria-pressed={now === value}
          onClick={() =>
            choose(
              (before) => {
                if (value) before.set(name, value);
                else before.delete(name);
                return before;
              },
              { replace: true },
            )
          }
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** By when something is due: its urgency in colour and in words. */
export function Due({ at, large = false }: { at: string; large?: boolean }) {
  const { t } = useTranslation("adminModeration");
  const { moment, relative } = useFormats();
  const urgency = urgencyOf(at, Date.now());
  const late = urgency === "danger";
  return (
    <p className={large ? classes.dueLarge : classes.due} data-urgency={urgency}>
      <strong>{t(late ? "due.late" : "due.left", { when: relative(at) })}</strong>{" "}
      <span>{t("due.at", { moment: moment(at) })}</span>
    </p>
  );
}

/** Who did something: oneself, somebody else of the team, or nobody. */
export function useWho() {
  const { t } = useTranslation("adminModeration");
  const { sub } = useSession();
  return (by: string | null | undefined) => (!by ? t("who.nobody") : by === sub ? t("who.me") : t("who.another"));
}

/** What somebody wrote, whole. */
export function Words({ children }: { children: ReactNode }) {
  return <blockquote className={classes.words}>{children}</blockquote>;
}

/** What happened, the latest first. */
export function History({ items }: { items: readonly { at: string; words: string; who?: string }[] }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  return (
    <details className={classes.fold}>
      <summary>{t("history.title")}</summary>
      <ol className={classes.history}>
        {[...items].reverse().map(({ at, words, who }, index) => (
          <li key={index}>
            <span>{words}</span>
            <span className={classes.soft}>{[moment(at), who].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

export function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button variant="default" mt="lg" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t("more")}
    </Button>
  );
}
