import { Button, Checkbox, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import type { Brief } from "../briefs";
import { ContactState } from "./ContactState";
import { Criteria } from "@/pages/shared/person/Criteria";
import type { Invitation } from "./invitation";
import { InShort } from "@/pages/shared/person/InShort";
import { Note } from "./Note";
import type { Match } from "./queries";
import type { Contact } from "@/pages/shared/person/shapes";
import { inOrder } from "@/pages/shared/person/reading";
import type { Remarks } from "./remarks";
import { useWords } from "@/pages/shared/person/useWords";
import { WhatIf } from "./WhatIf";
import { Works } from "@/pages/shared/person/Works";
import classes from "@/pages/shared/person/People.module.css";

/** One proposed person: what speaks for them and what is verified first, all the rest after. */
export function Seat({ match, brief, contact, invitation, remarks, onAside }: {
  match: Match;
  brief: Brief;
  contact: Contact | undefined;
  invitation: Invitation;
  remarks: Remarks;
  onAside: () => void;
}) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const words = useWords();
  const { profile } = match;
  const { profile_id: id, display_name: name } = profile;
  // As it was when one came: it does not close while one empties the note.
  const [isNoted] = useState(remarks.of(id).note !== null);
  const works = inOrder(profile.credits, match.deciding_credit_ids);
  const counted = works.filter((one) => match.deciding_credit_ids.includes(one.credit_id));
  return (
    <article className={classes.seat} aria-labelledby={`name-${id}`}>
      <header className={classes.seatHead}>
        <span className={classes.position} aria-hidden="true">
          {match.position}
        </span>
        <div>
          <Title order={2} id={`name-${id}`} className={classes.name}>
            <Link to={`/briefs/${brief.brief_id}/people/${id}`}>{name}</Link>
          </Title>
          <p className={classes.small}>{words.labels("roles", profile.roles).join(" · ")}</p>
        </div>
        {match.why !== "rank" && <Tag>{t(`why.${match.why}`)}</Tag>}
      </header>
      {contact && <ContactState contact={contact} name={name} />}
      <div className={classes.seatBody}>
        <div>
          <ul className={classes.reasons} aria-label={t("reasons", { name })}>
            {match.reasons.map((reason) => (
              <li key={reason.code}>{both(reason.text)}</li>
            ))}
          </ul>
          {match.why !== "rank" && <p className={classes.small}>{t(`why_what.${match.why}`)}</p>}
          {counted.length > 0 && (
            <>
              <Title order={3} className={classes.part}>
                {t("works")}
              </Title>
              <Works works={counted} label={t("works")} />
            </>
          )}
        </div>
        <InShort person={profile} levels={[{ level: profile.level, years: profile.verified_years }]} brief={brief} />
      </div>
      <div className={classes.folds}>
        <details className={classes.fold}>
          <summary>{t("criteria_score", { score: words.tenths(match.score) })}</summary>
          <p>{both(match.summary)}</p>
          <Criteria contributions={match.contributions} />
        </details>
        {works.length > counted.length && (
          <details className={classes.fold}>
            <summary>{t("all_works_count", { count: works.length })}</summary>
            <Works works={works} label={t("all_works")} />
          </details>
        )}
        <WhatIf briefId={brief.brief_id} profileId={id} />
        <details className={classes.fold} open={isNoted || undefined}>
          <summary>{t("note.label")}</summary>
          <Note briefId={brief.brief_id} profileId={id} name={name} remarks={remarks} />
        </details>
      </div>
      <footer className={classes.seatFoot}>
        <Checkbox
          size="md"
          label={t("choose", { name })}
          checked={invitation.chosen.includes(id)}
          onChange={(event) => invitation.choose(id, event.currentTarget.checked)}
        />
        <Button variant="subtle" color="gray" aria-label={t("aside.put_one", { name })} onClick={onAside}>
          {t("aside.put")}
        </Button>
      </footer>
    </article>
  );
}
