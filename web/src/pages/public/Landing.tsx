import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTabTitle } from "@/design/Page";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Landing.module.css";
import { metricsQuery, published } from "./metrics";

/** The first page: what this is, for both sides. Everything on it is text, so that it is there at once. */
export default function Landing() {
  const { t } = useTranslation("landing");
  useTabTitle(t("title"));
  return (
    <div className={classes.landing}>
      <div className={classes.hero}>
        <div>
          <h1 className={classes.promise}>{t("promise")}</h1>
          <p className={classes.lead}>{t("lead")}</p>
          <Choice />
          <p className={classes.already}>
            {t("already")} <Link to="/sign-in">{t("sign_in")}</Link>
          </p>
        </div>
        <ProjectCard />
      </div>
      <Changes />
      <How />
      <Verified />
      <Figures />
      <section className={classes.last}>
        <h2>{t("last.title")}</h2>
        <p>{t("last.what")}</p>
        <Choice />
      </section>
    </div>
  );
}

function Choice() {
  const { t } = useTranslation("landing");
  return (
    <div className={classes.choice}>
      <Button component={Link} to="/sign-up?side=producer" size="lg">
        {t("publish")}
      </Button>
      <Button component={Link} to="/sign-up?side=freelancer" size="lg" variant="default">
        {t("join")}
      </Button>
    </div>
  );
}

/** What somebody reads of a project before anybody has a name. */
function ProjectCard() {
  const { t } = useTranslation("landing");
  return (
    <figure className={classes.example}>
      <figcaption>{t("card.caption")}</figcaption>
      <div className={classes.card}>
        <p className={classes.over}>
          <strong>{t("card.name")}</strong>
          <span>{t("card.left")}</span>
        </p>
        <p className={classes.logline}>{t("card.logline")}</p>
        <dl>
          {(["story", "form", "work", "budget", "company"] as const).map((name) => (
            <div key={name}>
              <dt>{t(`card.${name}`)}</dt>
              <dd>
                {name === "company" && <span className={classes.masked} aria-hidden="true" />}
                {t(`card.${name}_is`)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <p className={classes.invented}>{t("card.invented")}</p>
    </figure>
  );
}

function Changes() {
  const { t } = useTranslation("landing");
  return (
    <section className={classes.part}>
      <h2>{t("changes.title")}</h2>
      <ul className={classes.changes}>
        {(["project", "anonymous", "verified", "answered", "counted"] as const).map((name) => (
          <li key={name}>
            <h3>{t(`changes.${name}`)}</h3>
            <p>{t(`changes.${name}_what`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function How() {
  const { t } = useTranslation("landing");
  return (
    <section className={classes.part}>
      <h2>{t("how.title")}</h2>
      <div className={classes.sides}>
        {(["producer", "freelancer"] as const).map((side) => (
          <div key={side} className={classes.side}>
            <h3>{t(`how.${side}`)}</h3>
            <ol>
              {([1, 2, 3, 4] as const).map((step) => (
                <li key={step}>
                  <strong>{t(`how.${side}_${step}`)}</strong>
                  <p>{t(`how.${side}_${step}_what`)}</p>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

function Verified() {
  const { t } = useTranslation("landing");
  return (
    <section className={classes.part}>
      <h2>{t("verified.title")}</h2>
      <dl className={classes.verified}>
        {(["credits", "level", "company", "who"] as const).map((name) => (
          <div key={name}>
            <dt>{t(`verified.${name}`)}</dt>
            <dd>{t(`verified.${name}_what`)}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.further}>
        <Link to="/how-profiles-are-ordered">{t("verified.order")}</Link>
        <Link to="/rates">{t("verified.rates")}</Link>
      </p>
    </section>
  );
}

/** What was counted, where there is enough of it; nothing at all where there is not. */
function Figures() {
  const { t } = useTranslation("landing");
  const { duration, percent } = useFormats();
  const bilingual = useBilingual();
  const { data } = useQuery(metricsQuery);
  const figures = data ? published(data.last_twelve_months) : [];
  if (figures.length === 0) return null;
  return (
    <section className={classes.part}>
      <h2>{t("figures.title")}</h2>
      <dl className={classes.figures}>
        {figures.map((one) => (
          <div key={one.name}>
            <dt>{bilingual(one.label)}</dt>
            <dd>
              <strong>{one.seconds !== undefined ? duration(one.seconds) : percent((one.percent ?? 0) / 100)}</strong>
              {one.seconds !== undefined && <span>{t("figures.median")}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.further}>
        <Link to="/promise">{t("figures.all")}</Link>
      </p>
    </section>
  );
}
