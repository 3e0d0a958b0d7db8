import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useHash } from "@/app/useHash";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Emails } from "@/pages/account/Emails";
import { Erase } from "@/pages/account/Erase";
import { erasureQuery } from "@/pages/account/erasure";
import { Export } from "@/pages/account/Export";
import { mineQuery } from "@/pages/shared/mine";
import { InShort } from "./InShort";
import { KeptAway } from "./KeptAway";
import { Pause } from "./Pause";
import classes from "./Privacy.module.css";
import { Views } from "./Views";

const OF_A_PROFILE = ["views", "away", "pause"] as const;
const OF_AN_ACCOUNT = ["emails", "data", "erase"] as const;

/** All that a freelancer decides about who sees them, what reaches them, and what is kept of them. */
export default function Privacy() {
  const { t } = useTranslation("visibility");
  const mine = useQuery(mineQuery);
  const { data: erasure } = useQuery(erasureQuery);
  useHash();
  // Nothing else is left to decide on an account that is going.
  if (erasure) {
    return (
      <Page title={t("title")} width="narrow">
        <Erase />
      </Page>
    );
  }
  const parts = [...(mine.data ? OF_A_PROFILE : []), ...OF_AN_ACCOUNT];
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      <nav className={classes.here} aria-label={t("here")}>
        {parts.map((part) => (
          <Link key={part} to={`#${part}`}>
            {t(`parts.${part}`)}
          </Link>
        ))}
      </nav>
      <Loaded query={mine}>
        {(held) =>
          held ? (
            <>
              <Views />
              <KeptAway />
              <Pause profile={held.value} />
            </>
          ) : (
            <NoProfile />
          )
        }
      </Loaded>
      <Emails />
      <Export />
      <Erase />
      <InShort />
    </Page>
  );
}

function NoProfile() {
  const { t } = useTranslation("visibility");
  return (
    <div className={classes.before}>
      <Empty
        title={t("no_profile.title")}
        action={
          <Button component={Link} to="/profile">
            {t("no_profile.begin")}
          </Button>
        }
      >
        <p>{t("no_profile.what")}</p>
      </Empty>
    </div>
  );
}
