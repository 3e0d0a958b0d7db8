import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useBilingual } from "@/i18n/format";
import { noticeQuery } from "@/pages/public/notice";
import classes from "./Privacy.module.css";

/** What of the privacy notice one wants to know first. */
export function InShort() {
  const { t } = useTranslation("visibility");
  const query = useQuery(noticeQuery);
  return (
    <Section plain title={t("short.title")}>
      <Loaded query={query}>
        {({ recipients, never }) => (
          <div className={classes.short}>
            <Part title={t("short.who")} words={recipients} />
            <Part title={t("short.never")} words={never} />
          </div>
        )}
      </Loaded>
      <p>
        <Link to="/privacy-notice">{t("short.whole")}</Link>
      </p>
    </Section>
  );
}

function Part({ title, words }: { title: string; words: readonly { fr: string; en: string }[] }) {
  const bilingual = useBilingual();
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {words.map((one) => (
          <li key={one.fr}>{bilingual(one)}</li>
        ))}
      </ul>
    </div>
  );
}
