import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { ProjectFrame } from "./ProjectFrame";
import { ConversationRows } from "@/pages/shared/ConversationRow";
import { byStage, expectedOf, projectConversationsQuery } from "@/pages/shared/conversations";

/** Everyone a project is in touch with, by how far each has come. */
export default function ProjectConversations() {
  const { t } = useTranslation("conversation");
  return (
    <ProjectFrame title={t("project.title")} lead={<p>{t("project.lead")}</p>}>
      {({ brief }) => <Stages briefId={brief.brief_id} />}
    </ProjectFrame>
  );
}

function Stages({ briefId }: { briefId: string }) {
  const { t } = useTranslation("conversation");
  const { t: answers } = useTranslation("answers");
  const query = useQuery(projectConversationsQuery(briefId));
  return (
    <Loaded query={query}>
      {({ conversations }) => {
        const overdue = conversations.filter((one) => expectedOf(one) === "overdue").length;
        return (
          <>
            {overdue > 0 && (
              <Notice
                tone="danger"
                title={answers("overdue.title", { count: overdue })}
                actions={
                  <Button component={Link} to={`/briefs/${briefId}/answers`}>
                    {answers("overdue.do")}
                  </Button>
                }
              >
                <p>{answers("overdue.what")}</p>
              </Notice>
            )}
            {conversations.length === 0 && (
              <Empty
                title={t("project.empty")}
                action={
                  <Button component={Link} to={`/briefs/${briefId}`}>
                    {t("project.to_proposals")}
                  </Button>
                }
              >
                <p>{t("project.empty_what")}</p>
              </Empty>
            )}
            {byStage(conversations).map(([stage, those]) => (
              <Section key={stage} plain title={t(`project.stage.${stage}`)}>
                <ConversationRows those={those} within />
              </Section>
            ))}
          </>
        );
      }}
    </Loaded>
  );
}
