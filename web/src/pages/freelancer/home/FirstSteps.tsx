import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import type { CaseSummary } from "../../shared/verification/cases";
import type { MyProfile } from "@/pages/shared/mine";
import { stepsOf } from "./home";
import classes from "./Home.module.css";

/** What a newcomer does, one thing at a time. */
export function FirstSteps({ profile, latest }: { profile: MyProfile | null; latest: CaseSummary | null }) {
  const { t } = useTranslation("forMe");
  const prepared = latest?.state === "draft";
  return (
    <Section title={t("steps.title")}>
      <ol className={classes.steps}>
        {stepsOf(profile, latest).map(({ name, at, to }) => (
          <li key={name} data-at={at}>
            <h3>
              {t(`steps.${name}.name`)} <span className={classes.at}>{t(`steps.at.${at}`)}</span>
            </h3>
            <p>{t(`steps.${name}.what`)}</p>
            {at === "now" && (
              <Button component={Link} to={to}>
                {t(name === "submit" && prepared ? "steps.prepared" : `steps.go.${name}`)}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p className={classes.then}>{t("steps.then")}</p>
      <p className={classes.calm}>
        {t("steps.meanwhile")}{" "}
        <Link to="/how-profiles-are-ordered">{t("steps.how")}</Link> · <Link to="/rates">{t("steps.rates")}</Link>
      </p>
    </Section>
  );
}
