import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { Criteria } from "@/pages/shared/person/Criteria";
import classes from "./Project.module.css";
import { fitQuery, type Fit as Found } from "./projects";

/** Why the reader's profile suits a project or does not: its place, what gave it, what would change it. */
export function Fit({ projectId }: { projectId: string }) {
  const { t } = useTranslation("projects");
  const query = useQuery(fitQuery(projectId));
  return (
    <Section title={t("fit.title")}>
      <Loaded query={query}>{(fit) => <Told fit={fit} />}</Loaded>
    </Section>
  );
}

function Told({ fit }: { fit: Found }) {
  const { t } = useTranslation("projects");
  const both = useBilingual();
  const { number } = useFormats();
  const { standing } = fit;
  return (
    <>
      {fit.obstacles.length > 0 && (
        <Notice tone="warning" title={t("fit.obstacles")} actions={<Link to="/profile">{t("fit.profile")}</Link>}>
          <ul>
            {fit.obstacles.map((one, index) => (
              <li key={index}>{both(one.text)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={classes.fit}>
        <p className={classes.place}>
          <span>{t(fit.can_be_proposed ? "fit.your_place" : "fit.without")}</span>
          <strong>{number(standing.rank)}</strong>
          <span>{t("fit.place", { count: standing.eligible })}</span>
        </p>
        <div>
          <p className={classes.why}>{both(standing.summary)}</p>
          <p className={classes.calm}>
            {t("fit.from_card")} <Link to="/how-profiles-are-ordered">{t("fit.how")}</Link>
          </p>
        </div>
      </div>
      <details className={classes.fold}>
        <summary>{t("fit.criteria")}</summary>
        <Criteria contributions={standing.contributions} />
      </details>
      <details className={classes.fold}>
        <summary>{t("fit.changes")}</summary>
        {fit.counterfactuals.length === 0 ? (
          <p className={classes.calm}>{t("fit.nothing_moves")}</p>
        ) : (
          <>
            <ul className={classes.changes}>
              {fit.counterfactuals.map((one, index) => (
                <li key={index}>
                  {both(one.text)}{" "}
                  {/* What a credit would have to say is changed on the credit. */}
                  <Link to={one.credit_id ? `/profile/credits/${one.credit_id}` : "/profile"}>
                    {t(one.credit_id ? "fit.credit" : "fit.profile")}
                    <span className="visually-hidden"> {index + 1}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <p className={classes.calm}>{t("fit.only_true")}</p>
          </>
        )}
      </details>
    </>
  );
}
