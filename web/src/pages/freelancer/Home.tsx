import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";
import { Failed, Loading } from "@/design/States";
import { casesQuery } from "../shared/verification/cases";
import { FirstSteps } from "./home/FirstSteps";
import { ForMe } from "./home/ForMe";
import { MyTurn } from "./home/MyTurn";
import { ProfileNotice } from "./home/ProfileNotice";
import { mayRead, ofProfile, standingOf } from "./home/home";
import { mineQuery } from "@/pages/shared/mine";

/** A freelancer's start page: what is expected of them, what they are owed, which projects fit them; before that, what
 * makes a profile that may be proposed. */
export default function Home() {
  const { t } = useTranslation("forMe");
  const mine = useQuery(mineQuery);
  const cases = useInfiniteQuery(casesQuery);
  const failed = [mine, cases].find((one) => one.isError && one.data === undefined);
  if (failed) {
    return (
      <Page title={t("title")}>
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      </Page>
    );
  }
  if (mine.data === undefined || !cases.data) {
    return (
      <Page title={t("title")}>
        <Loading />
      </Page>
    );
  }
  const profile = mine.data?.value ?? null;
  const known = cases.data.pages.flatMap((page) => page.cases);
  const latest = ofProfile(known);
  const standing = standingOf(profile, latest);
  const lead = standing === "steps" ? "newcomer" : mayRead(profile) ? "verified" : null;
  return (
    <Page title={t("title")} lead={lead && t(`lead.${lead}`)}>
      {standing === "steps" ? (
        <FirstSteps profile={profile} latest={latest} />
      ) : (
        standing && <ProfileNotice standing={standing} profile={profile} latest={latest} />
      )}
      {profile && (
        <MyTurn cases={known} latest={latest} settled={mayRead(profile)}>
          {mayRead(profile) && <ForMe />}
        </MyTurn>
      )}
    </Page>
  );
}
