import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import { Matter, Opened } from "../../shared/Matter";
import { AskIdentity } from "./AskIdentity";
import type { Report } from "./moderation";
import { ReturnBrief } from "./ReturnBrief";
import { Suspend } from "./Suspend";

/** What may be done about what was reported, before it is answered. */
export function ReportMeasures({ report }: { report: Report }) {
  const { t } = useTranslation("adminModeration");
  const { against, project_id: projectId, profile_id: profileId } = report;
  const about =
    against.kind === "company"
      ? { kind: "company" as const, subject: against.id }
      : profileId
        ? { kind: "profile" as const, subject: profileId }
        : null;
  return (
    <Section title={t("measures_of.title")} hint={t("measures_of.what")}>
      {projectId && against.kind === "company" && (
        <Matter title={t("return.title")}>
          <p>{t("return.what")}</p>
          <Opened label={t("return.open")}>{() => <ReturnBrief briefId={projectId} reportId={report.report_id} />}</Opened>
        </Matter>
      )}
      <Matter title={t(`suspend.title.${against.kind}`)}>
        <p>{t(`suspend.what.${against.kind}`)}</p>
        <Opened label={t("suspend.open")}>{() => <Suspend subject={against} reportId={report.report_id} />}</Opened>
      </Matter>
      {about && (
        <Matter title={t("measures_of.alarm")}>
          <p>{t("measures_of.alarm_what")}</p>
          <p>
            <Link to="/admin/alarms/new" state={{ ...about, reporter: report.reporter }}>
              {t("measures_of.alarm_do")}
            </Link>
          </p>
        </Matter>
      )}
      {projectId && against.kind === "company" && (
        <Matter title={t("identity.ask.title")}>
          <p>{t("identity.ask.what")}</p>
          <Opened label={t("identity.ask.open")}>{() => <AskIdentity briefId={projectId} />}</Opened>
        </Matter>
      )}
    </Section>
  );
}
