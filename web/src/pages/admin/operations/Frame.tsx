import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Page } from "@/design/Page";
import classes from "./Frame.module.css";

const PARTS = [
  ["/admin/operations", "overview"],
  ["/admin/operations/failures", "failures"],
  ["/admin/operations/emails", "emails"],
  ["/admin/operations/figures", "figures"],
  ["/admin/operations/exposure", "exposure"],
] as const;

/** A screen of operations, with what leads to the others. */
export function Frame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation("operations");
  return (
    <Page title={title} lead={lead}>
      <nav className={classes.parts} aria-label={t("parts.name")}>
        {PARTS.map(([to, name]) => (
          <NavLink key={to} to={to} end>
            {t(`parts.${name}`)}
          </NavLink>
        ))}
      </nav>
      {children}
    </Page>
  );
}
