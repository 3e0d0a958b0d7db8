import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import lists from "../Lists.module.css";
import { gridVersionsQuery } from "./grid";
import { taxonomyVersionsQuery } from "./taxonomy";

/** What everybody relies on: which versions are in force, and where they are changed. */
export default function Reference() {
  const { t } = useTranslation("reference");
  const taxonomy = useQuery(taxonomyVersionsQuery(undefined));
  const grid = useQuery(gridVersionsQuery(undefined));
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      <ul className={lists.rows}>
        <li className={lists.row}>
          <h2 className={lists.name}>
            <Link to="/admin/taxonomy">{t("hub.taxonomy")}</Link>
          </h2>
          <p>{t("hub.taxonomy_what")}</p>
          <Loaded query={taxonomy}>
            {({ value }) => (
              <>
                <Since number={value.in_force} when={value.shown.published_at} />
                {value.draft && <Tag tone="warning">{t("hub.draft")}</Tag>}
              </>
            )}
          </Loaded>
        </li>
        <li className={lists.row}>
          <h2 className={lists.name}>
            <Link to="/admin/rates">{t("hub.rates")}</Link>
          </h2>
          <p>{t("hub.rates_what")}</p>
          <Loaded query={grid}>
            {({ value }) => (
              <Since number={value.version} when={value.shown.published_by === null ? null : value.shown.published_at} />
            )}
          </Loaded>
        </li>
      </ul>
    </Page>
  );
}

function Since({ number, when }: { number: number; when: string | null }) {
  const { t } = useTranslation("reference");
  const { day } = useFormats();
  return (
    <p className={lists.calm}>
      {when === null ? t("hub.in_force_first", { number }) : t("hub.in_force", { number, day: day(when) })}
    </p>
  );
}
