import { Anchor, Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** What stands small above the title: where one is. */
  over?: ReactNode;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  /** What can be done with the whole of the screen. */
  actions?: ReactNode;
  /** Where the screen belongs, as a path and its words. */
  back?: { to: string; label: string };
  /** Narrow for what is read or filled in, wide for what is compared. */
  width?: "narrow" | "normal" | "wide";
  children?: ReactNode;
}

/** What the tab is called, for a screen that is laid out in its own way. */
export function useTabTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("page_title", { title });
  }, [t, title]);
}

/** Every screen: its title in the page and in the tab, what leads back, what is on it. */
export function Page({ title, over, lead, actions, back, width = "normal", children }: Props) {
  useTabTitle(title);
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.head}>
        <div>
          {back && (
            <Anchor component={Link} to={back.to} size="sm" className={classes.back} data-screen-only>
              <span aria-hidden="true">← </span>
              {back.label}
            </Anchor>
          )}
          {over && <p className={classes.over}>{over}</p>}
          <Title order={1}>{title}</Title>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && (
          <div className={classes.actions} data-screen-only>
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  );
}

/** A part of a screen with its own heading. `plain`: without the card around it. */
export function Section({
  title,
  hint,
  actions,
  plain = false,
  id,
  children,
}: {
  title?: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  plain?: boolean;
  id?: string;
  children: ReactNode;
}) {
  return (
    <section className={plain ? classes.plain : classes.section} id={id}>
      {(title || actions) && (
        <div className={classes.sectionHead}>
          <div>
            {title && <Title order={2}>{title}</Title>}
            {hint && <p className={classes.hint}>{hint}</p>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
