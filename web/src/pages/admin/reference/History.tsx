import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import lists from "../Lists.module.css";

interface Version {
  number: number;
  published_at: string | null;
  published_by: string | null;
  reason: string | null;
  differences: number;
  again?: number | null;
}

/** Every version, the latest first. `to`: where one is read. */
export function History({ versions, inForce, shown, to }: { versions: readonly Version[]; inForce: number; shown: number; to: string }) {
  const { t } = useTranslation("reference");
  const { moment } = useFormats();
  const { sub } = useSession();
  const when = (one: Version) =>
    one.published_by === null || one.published_at === null
      ? t("shared.shipped")
      : t(one.published_by === sub ? "shared.published_me" : "shared.published", { when: moment(one.published_at) });
  return (
    <Section title={t("shared.history")} hint={t("shared.history_what")}>
      <ul className={lists.rows}>
        {versions.map((one) => (
          <li key={one.number} className={lists.row}>
            <div className={lists.head}>
              <h3 className={lists.name}>{t("shared.version", { number: one.number })}</h3>
              {one.number === inForce && <Tag tone="good">{t("shared.current")}</Tag>}
            </div>
            {one.reason && <p>{one.reason}</p>}
            <p className={lists.calm}>
              {when(one)}
              {one.differences > 0 && ` · ${t("shared.differences", { count: one.differences })}`}
              {one.again ? ` · ${t("shared.again", { number: one.again })}` : ""}
            </p>
            {one.number !== inForce && one.number !== shown && (
              <div className={lists.acts}>
                <Link to={`${to}?number=${one.number}`}>{t("shared.read", { number: one.number })}</Link>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
