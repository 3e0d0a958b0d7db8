import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import type { Contact } from "@/pages/shared/person/shapes";
import { toneOfContact } from "@/pages/shared/person/reading";
import { useWords } from "@/pages/shared/person/useWords";
import classes from "@/pages/shared/person/People.module.css";

/** How far one is in touch with somebody. */
export function ContactState({ contact, name }: { contact: Contact; name: string }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const words = useWords();
  return (
    <p className={classes.contact}>
      <Tag tone={toneOfContact(contact.state)}>{both(contact.state_label)}</Tag>
      {words.contact(contact) && <span className={classes.small}>{words.contact(contact)}</span>}
      <Anchor component={Link} to={`/conversations/${contact.conversation_id}`} size="sm" data-screen-only>
        {t("contact.see", { name })}
      </Anchor>
    </p>
  );
}
