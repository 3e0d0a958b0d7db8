import { useTranslation } from "react-i18next";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import type { Person } from "./shapes";
import { useWords } from "./useWords";
import classes from "./People.module.css";

/** Past works, each with how far it is verified, by whom and when. */
export function Works({ works, label }: { works: Person["credits"]; label: string }) {
  return (
    <ul className={classes.works} aria-label={label}>
      {works.map((work) => (
        <li key={work.credit_id}>
          <Work work={work} />
        </li>
      ))}
    </ul>
  );
}

export function Work({ work }: { work: Person["credits"][number] }) {
  const words = useWords();
  const { label, holds, basis } = words.verified(work);
  return (
    <>
      <p className={classes.work}>
        <cite>{work.title}</cite> ({work.year})
      </p>
      <p className={classes.small}>{words.work(work)}</p>
      <p className={classes.small}>
        <Tag tone={holds ? "good" : "plain"}>{label}</Tag> {basis}
      </p>
    </>
  );
}

/** The three things that are checked of a work, each with what it rests on. */
export function WorkFacts({ work }: { work: Person["credits"][number] }) {
  const { t } = useTranslation("people");
  const words = useWords();
  const { day } = useFormats();
  return (
    <ul className={classes.facts}>
      {(["work", "participation", "function"] as const).map((name) => {
        const fact = work.facts[name];
        return (
          <li key={name} data-holds={fact.holds === true}>
            <strong>{t(`fact_name.${name}`)}</strong> {fact.holds ? words.basis(fact) : t("fact_open")}
            {fact.expires_at && ` · ${t("fact_until", { day: day(fact.expires_at) })}`}
          </li>
        );
      })}
    </ul>
  );
}
