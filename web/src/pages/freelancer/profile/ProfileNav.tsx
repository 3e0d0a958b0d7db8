import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import classes from "@/design/Sections.module.css";

/** The screens of one's own profile. */
export function ProfileNav() {
  const { t } = useTranslation("profile");
  return (
    <nav className={classes.sections} aria-label={t("nav.name")} data-screen-only>
      <NavLink to="/profile" end>
        {t("nav.profile")}
      </NavLink>
      <NavLink to="/profile/credits">{t("nav.credits")}</NavLink>
      <NavLink to="/profile/preview">{t("nav.preview")}</NavLink>
    </nav>
  );
}
