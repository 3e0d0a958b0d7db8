import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { Shape } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { Page } from "@/design/Page";
import { Empty } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "../admin.module.css";
import { Paged } from "../Paged";
import { ModerationTabs } from "../Parts";
import { onlineQuery } from "./moderation";

/** The projects that freelancers can read now, the latest first: looked at without waiting for a report. */
export default function OnlineProjects() {
  const { t } = useTranslation("adminModeration");
  const [chosen] = useSearchParams();
  const text = chosen.get("text")?.trim() ?? "";
  const query = useInfiniteQuery(onlineQuery(text));
  return (
    <Page title={t("online.title")} lead={<p>{t("online.lead")}</p>}>
      <ModerationTabs />
      <Search key={text} now={text} />
      <Paged
        query={query}
        items={(page) => page.projects}
        empty={
          <Empty
            title={t(text ? "online.none" : "online.empty")}
            action={
              text && (
                <Button component={Link} to="/admin/projects" variant="default">
                  {t("online.all")}
                </Button>
              )
            }
          >
            <p>{t(text ? "online.none_what" : "online.empty_what")}</p>
          </Empty>
        }
      >
        {(all) => (
          <ul className={classes.rows}>
            {all.map((one) => (
              <li key={one.brief_id} className={classes.row}>
                <Row one={one} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  );
}

/** What a code name has in it, kept in the address. */
function Search({ now }: { now: string }) {
  const { t } = useTranslation("adminModeration");
  const [, choose] = useSearchParams();
  const [typed, setTyped] = useState(now);
  return (
    <form
      role="search"
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault();
        choose(typed.trim() ? { text: typed.trim() } : {}, { replace: true });
      }}
    >
      <TextInput id="online-text" label={t("online.search")} value={typed} maxLength={80} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Button type="submit" variant="default">
        {t("online.find")}
      </Button>
    </form>
  );
}

function Row({ one }: { one: Shape<"OnlineProjectShape"> }) {
  const { t } = useTranslation("adminModeration");
  const { day, moment } = useFormats();
  const words = useTaxonomy();
  const both = useBilingual();
  const logline = one.logline && both({ fr: one.logline.fr ?? one.logline.en ?? "", en: one.logline.en ?? one.logline.fr ?? "" });
  return (
    <>
      <div>
        <h2 className={classes.title}>
          <Link to={`/admin/projects/${one.brief_id}`}>{one.code_name ?? t("online.unnamed")}</Link>
        </h2>
        <p className={classes.soft}>
          {[words.label("roles", one.role), words.label("formats", one.format), ...words.labels("genres", one.genres)].filter(Boolean).join(" · ")}
        </p>
        {logline && <p className={classes.excerpt}>{logline}</p>}
      </div>
      <p className={classes.soft}>
        {one.published_at && t("online.since", { moment: moment(one.published_at) })}
        {one.publication_no > 1 && ` · ${t("online.again", { count: one.publication_no })}`}
        {one.deadline && ` · ${t("online.until", { day: day(one.deadline) })}`}
      </p>
    </>
  );
}
