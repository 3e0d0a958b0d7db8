import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { dueOf, expectedOf, isOver, toneOf, type Conversation } from "./conversations";
import classes from "./ConversationRow.module.css";

/** One conversation in a list: with whom, about what, where it stands, and what it waits for. `within`: on the screen of
 * its project, which is then not named again. */
export function ConversationRow({ one, within = false }: { one: Conversation; within?: boolean }) {
  const { t } = useTranslation("conversation");
  const { relative, shortDay } = useFormats();
  const worded = useBilingual();
  const { label } = useTaxonomy();
  const producer = one.side === "producer";
  const expected = expectedOf(one);
  const due = dueOf(one);
  const about = [
    producer ? label("seniority", one.person?.level) : worded(one.opposite),
    !within && producer && one.code_name,
    !producer && label("roles", one.role),
    one.last_message_at
      ? t(one.last_message_mine ? "last_mine" : "last_theirs", { when: relative(one.last_message_at) })
      : t("no_message"),
  ].filter(Boolean);
  return (
    <li className={classes.row} data-over={isOver(one) || undefined}>
      <div className={classes.words}>
        <Link to={`/conversations/${one.conversation_id}`} className={classes.name}>
          {producer ? worded(one.opposite) : one.code_name}
        </Link>
        <p className={classes.about}>{about.join(" · ")}</p>
      </div>
      <div className={classes.state}>
        <Tag tone={toneOf(one.state)}>{worded(one.state_label)}</Tag>
        {expected && (
          <p className={classes.expected} data-urgent={expected === "overdue" || expected === "reply_late" || undefined}>
            {t(`expected.${expected}`, { day: due ? shortDay(due) : "" })}
          </p>
        )}
      </div>
    </li>
  );
}

export function ConversationRows({ those, within = false }: { those: readonly Conversation[]; within?: boolean }) {
  return (
    <ul className={classes.rows}>
      {those.map((one) => (
        <ConversationRow key={one.conversation_id} one={one} within={within} />
      ))}
    </ul>
  );
}
