import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Tag, Tags } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { toneOf, type Conversation } from "../shared/conversations";
import { useProjectWords, type ProjectCard } from "../shared/useProjectWords";
import { ReplyBy } from "./ReplyBy";
import classes from "./Projects.module.css";

/** So many words tell a story in a list. */
const WORDS = 6;

/** One project in a list. `conversation`: the reader's own about it; `children`: what is said of it besides. */
export function ProjectRow({ card, conversation, children }: {
  card: ProjectCard;
  conversation?: Conversation;
  children?: ReactNode;
}) {
  const { t } = useTranslation("projects");
  const words = useProjectWords();
  const worded = useBilingual();
  const { day } = useFormats();
  const logline = words.said(card.logline);
  const facts = [
    words.budget(card),
    card.estimated_days && t("days", { count: card.estimated_days }),
    words.place(card),
    card.start_window && t("starting", { when: words.start(card) ?? "" }),
    t("published", { day: day(card.published_on) }),
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <p className={classes.kind}>{words.kind(card)}</p>
        <h3 className={classes.name}>
          <Link to={`/projects/${card.project_id}`}>{card.code_name ?? t("no_name")}</Link>
        </h3>
        {logline && (
          <p className={classes.logline} lang={logline.language}>
            {logline.text}
          </p>
        )}
        <Tags label={t("story")} items={words.story(card).slice(0, WORDS)} />
        <p className={classes.facts}>{facts.join(" · ")}</p>
        {children}
      </div>
      <div className={classes.clock}>
        <ReplyBy small card={card} conversation={conversation} />
        <p className={classes.marks}>
          {card.urgency !== "open" && <Tag tone={card.urgency === "urgent" ? "danger" : "warning"}>{t(`urgency.${card.urgency}`)}</Tag>}
          {conversation && <Tag tone={toneOf(conversation.state)}>{worded(conversation.state_label)}</Tag>}
        </p>
      </div>
    </li>
  );
}
