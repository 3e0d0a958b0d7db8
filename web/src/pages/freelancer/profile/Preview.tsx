import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { french } from "@/i18n/typography";
import { Career } from "@/pages/shared/person/Career";
import { Fingerprint } from "@/pages/shared/person/Fingerprint";
import { InShort } from "@/pages/shared/person/InShort";
import classes from "@/pages/shared/person/People.module.css";
import { inOrder } from "@/pages/shared/person/reading";
import { useWords } from "@/pages/shared/person/useWords";
import { mineQuery, type MyProfile } from "@/pages/shared/mine";
import { ProfileNav } from "./ProfileNav";

const HIDDEN = ["contact", "numbers", "papers", "others"] as const;

/** One's own profile with the very parts that a production reads it in, and what of it is never shown. */
export default function Preview() {
  const { t } = useTranslation("profile");
  return (
    <Page title={t("preview.title")} lead={t("preview.lead")} width="wide">
      <ProfileNav />
      <Loaded query={useQuery(mineQuery)}>
        {(held) =>
          held ? (
            <Shown profile={held.value} />
          ) : (
            <Empty
              title={t("preview.none")}
              action={
                <Button component={Link} to="/profile">
                  {t("preview.start")}
                </Button>
              }
            >
              <p>{t("preview.none_what")}</p>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

function Shown({ profile }: { profile: MyProfile }) {
  const { t, i18n } = useTranslation("profile");
  const { t: people } = useTranslation("people");
  const words = useWords();
  const bio = i18n.language === "en" ? (profile.bio.en ?? profile.bio.fr) : (profile.bio.fr ?? profile.bio.en);
  const isShown = profile.status === "verified" || profile.status === "partly_verified";
  return (
    <>
      {!isShown && <Notice title={t("preview.not_yet")} />}
      {isShown && profile.pause && <Notice tone="warning" title={t("preview.paused")} />}
      <div className={classes.person}>
        <div>
          <Section title={profile.display_name}>
            {bio ? (
              <p className={classes.bio} lang={bio === profile.bio.fr ? "fr" : "en"}>
                {bio === profile.bio.fr ? french(bio) : bio}
              </p>
            ) : <p className={classes.small}>{t("empty.bio")}</p>}
          </Section>
          <Section title={people("person.career")}>
            <Career credits={inOrder(profile.credits, [])} />
          </Section>
          <Section title={people("person.fingerprint")} hint={people("person.fingerprint_what")}>
            <Fingerprint credits={profile.credits} />
          </Section>
        </div>
        <aside className={classes.side} aria-label={people("person.in_short")}>
          <InShort
            person={profile}
            levels={profile.roles.map((role) => ({
              name: words.label("roles", role),
              level: profile.levels[role],
              years: profile.verified_years[role] ?? 0,
            }))}
            languages
          />
        </aside>
      </div>
      <Section title={t("preview.hidden")} hint={t("preview.hidden_hint")} plain>
        <ul>
          {HIDDEN.map((what) => (
            <li key={what}>{t(`preview.${what}`)}</li>
          ))}
        </ul>
        <p>
          {t("preview.views")} <Link to="/privacy">{t("preview.views_go")}</Link>
        </p>
      </Section>
    </>
  );
}
