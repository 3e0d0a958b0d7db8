import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useParams } from "react-router";
import { Countdown } from "@/design/Countdown";
import { Page } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { briefQuery, toneOf, type Brief } from "./briefs";
import classes from "@/design/Sections.module.css";

interface Read {
  brief: Brief;
  /** To give back as `If-Match`. */
  version: string;
}

/** Every screen of one project: which it is, where it stands, what it counts down to, and its other screens. */
export function ProjectFrame({ title, lead, actions, children }: {
  /** Of this screen; the project's code name stands over it. */
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: (read: Read) => ReactNode;
}) {
  const { t } = useTranslation("project");
  const { briefId = "" } = useParams();
  const query = useQuery(briefQuery(briefId));
  const brief = query.data?.value;
  return (
    <Page
      title={title}
      width="wide"
      back={{ to: "/", label: t("back") }}
      over={
        brief ? (
          <>
            {brief.code_name ?? t("untitled")} <Tag tone={toneOf(brief.status)}>{t(`status.${brief.status}`)}</Tag>
          </>
        ) : (
          "\u00a0" // its place, so that nothing moves when it comes
        )
      }
      lead={lead}
      actions={
        brief && (
          <>
            {actions}
            {brief.option_end_date && brief.status === "live" && <Countdown day={brief.option_end_date} of={t("option")} small />}
          </>
        )
      }
    >
      <Loaded query={query}>
        {({ value, version }) => (
          <>
            <nav className={classes.sections} aria-label={t("sections")} data-screen-only>
              {value.status !== "draft" && (
                <>
                  <NavLink to={`/briefs/${briefId}`} end>
                    {t("proposals")}
                  </NavLink>
                  <NavLink to={`/briefs/${briefId}/conversations`}>{t("conversations")}</NavLink>
                  <NavLink to={`/briefs/${briefId}/answers`}>{t("answers")}</NavLink>
                </>
              )}
              <NavLink to={`/briefs/${briefId}/edit`}>{t("edit")}</NavLink>
              <NavLink to={`/briefs/${briefId}/preview`}>{t("preview")}</NavLink>
            </nav>
            {children({ brief: value, version })}
          </>
        )}
      </Loaded>
    </Page>
  );
}
