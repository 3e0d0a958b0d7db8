import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { useFormats } from "@/i18n/format";
import type { CaseSummary } from "../../shared/verification/cases";
import type { MyProfile } from "@/pages/shared/mine";
import type { Standing } from "./home";

interface Props {
  standing: Exclude<Standing, "steps" | null>;
  profile: MyProfile | null;
  latest: CaseSummary | null;
}

/** What keeps a profile from being proposed, or from all of it, and the next step. */
export function ProfileNotice({ standing, profile, latest }: Props) {
  const { t } = useTranslation("forMe");
  const { day } = useFormats();
  const ofCase = latest ? `/verification/${latest.case_id}` : "/verification";
  const to = { suspended: "/moderation", paused: "/privacy#pause", partly: "/verification", refused: ofCase, submitted: ofCase }[standing];
  const tone = ({ suspended: "danger", refused: "danger", paused: "warning", partly: "plain", submitted: "plain" } as const)[standing];
  const until = profile?.pause?.until;
  const title = standing === "paused" && until ? t("profile.paused_until", { day: day(until) }) : t(`profile.${standing}`);
  const contestable = latest?.appeal_until;
  const what =
    standing === "refused"
      ? contestable
        ? t("profile.refused_what", { day: day(contestable) })
        : t("profile.refused_final")
      : t(`profile.${standing}_what`);
  return (
    <Notice tone={tone} title={title} actions={<Link to={to}>{t(`profile.${standing}_go`)}</Link>}>
      <p>{what}</p>
    </Notice>
  );
}
