import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { noticeQuery } from "./notice";
import classes from "./Reading.module.css";

/** The day on which what stands here was last held against the checks. */
const MADE = "2026-11-29";

export default function Accessibility() {
  const { t } = useTranslation("legal");
  const { day } = useFormats();
  // Whoever cannot sign in must be able to say so: the operator's address stands in the privacy notice.
  const notice = useQuery(noticeQuery);
  return (
    <Page title={t("access.title")} lead={t("access.lead")} width="narrow">
      <div className={classes.reading}>
        <Section title={t("access.state")}>
          <Paragraphs of={t("access.state_what", { returnObjects: true })} />
        </Section>
        {(["checked", "missing"] as const).map((part) => (
          <Section key={part} plain title={t(`access.${part}`)}>
            <ul>
              {t(`access.${part}_what`, { returnObjects: true }).map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Section>
        ))}
        <Section plain title={t("access.report")}>
          <p>{t("access.report_what")}</p>
          <Loaded query={notice}>
            {({ contact }) => (
              <p>
                <a href={`mailto:${contact}?subject=${encodeURIComponent(t("access.title"))}`}>{contact}</a>
              </p>
            )}
          </Loaded>
        </Section>
        <Section plain title={t("access.appeal")}>
          <p>{t("access.appeal_what")}</p>
          <ul>
            <li>
              <a href="https://formulaire.defenseurdesdroits.fr/">{t("access.appeal_form")}</a>
            </li>
            <li>
              <a href="https://www.defenseurdesdroits.fr/saisir/delegues">{t("access.appeal_delegate")}</a>
            </li>
            <li>{t("access.appeal_post")}</li>
          </ul>
        </Section>
        <Section plain title={t("access.made")}>
          <p>{t("access.made_what", { day: day(MADE) })}</p>
        </Section>
      </div>
    </Page>
  );
}

function Paragraphs({ of }: { of: readonly string[] }) {
  return of.map((one) => <p key={one}>{one}</p>);
}
