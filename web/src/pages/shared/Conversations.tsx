import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { readAgain } from "@/api/pages";
import { Page, Section } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { useSession } from "@/session/session";
import { ConversationRows } from "./ConversationRow";
import { conversationsQuery, sorted } from "./conversations";
import classes from "./Conversations.module.css";

/** One's own conversations: what is expected of oneself first. */
export default function Conversations() {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const { role } = useSession();
  const side = role === "freelancer" ? "freelancer" : "producer";
  const query = useInfiniteQuery(conversationsQuery);
  const all = query.data?.pages.flatMap((page) => page.conversations) ?? [];
  const { expected, going, over } = sorted(all);
  return (
    <Page title={t("list.title")} lead={t(`list.lead_${side}`)}>
      {query.isPending && <Loading />}
      {query.data && all.length === 0 && (
        <Empty
          title={t("list.empty")}
          action={
            <Button component={Link} to={side === "producer" ? "/" : "/projects"}>
              {t(side === "producer" ? "list.to_briefs" : "list.to_projects")}
            </Button>
          }
        >
          <p>{t(`list.empty_${side}`)}</p>
        </Empty>
      )}
      {all.length > 0 && (
        <Section plain title={t("list.expected")}>
          {expected.length > 0 ? <ConversationRows those={expected} /> : <p className={classes.none}>{t("list.expected_none")}</p>}
        </Section>
      )}
      {going.length > 0 && (
        <Section plain title={t("list.going")}>
          <ConversationRows those={going} />
        </Section>
      )}
      {over.length > 0 && (
        <details className={classes.over}>
          <summary>{t("list.over", { count: over.length })}</summary>
          <ConversationRows those={over} />
        </details>
      )}
      {query.isError && <Failed error={query.error} retry={() => readAgain(query)} />}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {common("more")}
        </Button>
      )}
    </Page>
  );
}
