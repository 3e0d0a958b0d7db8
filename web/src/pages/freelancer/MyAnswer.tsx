import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { toneOf, type Act, type Conversation } from "../shared/conversations";
import { InterestForm } from "../shared/InterestForm";
import { Opened } from "../shared/Matter";
import { ReplyUntil } from "../shared/ReplyUntil";
import type { ProjectCard } from "../shared/useProjectWords";
import classes from "./Project.module.css";

const QUESTIONS = ["why_this_story", "closest_work", "how_to_work"] as const;
const AT_FIRST: readonly Act[] = ["show_interest", "decline"];

/** What the reader may do about a project: as their conversation says, or the first two acts where there is none. */
export const mayOf = (card: ProjectCard, conversation: Conversation | undefined): readonly Act[] =>
  conversation ? conversation.may : card.live ? AT_FIRST : [];

/** Where the reader stands with a project, and their answer to it. */
export function MyAnswer({ card, conversation }: { card: ProjectCard; conversation: Conversation | undefined }) {
  const { t } = useTranslation(["projects", "conversation"]);
  const may = mayOf(card, conversation);
  if (!conversation && may.length === 0) return null;
  const again = conversation?.state === "declined" || conversation?.state === "lapsed";
  const form = (
    <InterestForm
      conversation={{ project_id: card.project_id, conversation_id: conversation?.conversation_id }}
      questions={(conversation?.guided_questions.map(({ id }) => id as (typeof QUESTIONS)[number]) ?? QUESTIONS).map((id) => ({
        id,
        label: t(`questions.${id}`),
      }))}
      mayDecline={may.includes("decline")}
    />
  );
  return (
    <Section title={t("answer.title")}>
      {conversation && <Stands of={conversation} />}
      {may.includes("show_interest") &&
        (again ? (
          <div className={classes.again}>
            <p>{t("interest.again", { ns: "conversation" })}</p>
            <Opened label={t("interest.send", { ns: "conversation" })}>{() => form}</Opened>
          </div>
        ) : (
          form
        ))}
    </Section>
  );
}

function Stands({ of }: { of: Conversation }) {
  const { t } = useTranslation(["projects", "conversation"]);
  const { day } = useFormats();
  const worded = useBilingual();
  const due = !of.answer && (of.state === "interested" || of.state === "revealed") ? of.answer_due_at : null;
  return (
    <div className={classes.stands}>
      <p>
        <Tag tone={toneOf(of.state)}>{worded(of.state_label)}</Tag>
      </p>
      <p>{of.notice ? worded(of.notice) : t(`stands.freelancer.${of.state}`, { ns: "conversation" })}</p>
      <ReplyUntil of={of} />
      {due && <p>{t(Date.parse(due) > Date.now() ? "answer.promised" : "answer.late", { day: day(due) })}</p>}
      <div>
        <Button component={Link} to={`/conversations/${of.conversation_id}`} variant="default">
          {t("answer.see")}
        </Button>
      </div>
    </div>
  );
}
