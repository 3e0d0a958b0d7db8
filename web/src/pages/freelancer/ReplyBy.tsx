import { useTranslation } from "react-i18next";
import { Countdown } from "@/design/Countdown";
import { daysUntil, useFormats } from "@/i18n/format";
import type { Conversation } from "../shared/conversations";
import type { ProjectCard } from "../shared/useProjectWords";
import { replyOf } from "./projects";

/** Until when the reader’s answer to a project is of use, while it is still to be given. */
export function ReplyBy({ card, conversation, small = false }: {
  card: ProjectCard;
  conversation: Conversation | undefined;
  small?: boolean;
}) {
  const { t } = useTranslation("projects");
  const { day: written } = useFormats();
  const reply = replyOf(card, conversation);
  if (!reply) return null;
  if (reply.day === null) return <p>{t("reply.soon")}</p>;
  const left = daysUntil(reply.day);
  if (left < 0) return <p>{t("reply.late", { day: written(reply.day) })}</p>;
  return (
    <Countdown small={small} day={reply.day}>
      {t(left === 0 ? "reply.today" : "reply.by", { day: written(reply.day) })}
    </Countdown>
  );
}
