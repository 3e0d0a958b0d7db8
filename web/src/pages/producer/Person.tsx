import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Failed, Loaded, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import type { Brief } from "./briefs";
import { Career } from "@/pages/shared/person/Career";
import { ContactState } from "./people/ContactState";
import { Criteria } from "@/pages/shared/person/Criteria";
import { Fingerprint } from "@/pages/shared/person/Fingerprint";
import { InShort } from "@/pages/shared/person/InShort";
import { useInvitation } from "./people/invitation";
import { InvitationForm, Sent } from "./people/InvitationForm";
import { Note } from "./people/Note";
import { contactsQuery, profileQuery, whyQuery, type Why } from "./people/queries";
import type { Profile } from "@/pages/shared/person/shapes";
import { inOrder, mayBeInvited } from "@/pages/shared/person/reading";
import { useRemarks } from "./people/remarks";
import { RemarksStanding } from "./people/RemarksStanding";
import { Report } from "@/pages/shared/person/Report";
import { useWords } from "@/pages/shared/person/useWords";
import { Changes } from "./people/WhatIf";
import { ProjectFrame } from "./ProjectFrame";
import classes from "@/pages/shared/person/People.module.css";

/** Somebody who was proposed for a project, or is in touch with it, as far as its production may know. */
export default function Person() {
  const { t } = useTranslation("people");
  const { profileId = "" } = useParams();
  const query = useQuery(profileQuery(profileId));
  return (
    <ProjectFrame title={query.data?.display_name ?? t("person.title")}>
      {({ brief }) => <Loaded query={query}>{(profile) => <Known brief={brief} profile={profile} key={profileId} />}</Loaded>}
    </ProjectFrame>
  );
}

function Known({ brief, profile }: { brief: Brief; profile: Profile }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const words = useWords();
  const { brief_id: briefId } = brief;
  const { profile_id: id, display_name: name } = profile;
  const why = useQuery(whyQuery(briefId, id));
  const contacts = useQuery(contactsQuery(briefId));
  const invitation = useInvitation(briefId);
  const remarks = useRemarks(briefId);
  const [sentTo, setSentTo] = useState<string | null>(null);

  const wasProposed = !(isProblem(why.error) && why.error.status === 404);
  const contact = contacts.data?.conversations.find((one) => one.person?.profile_id === id);
  const invites = brief.status === "live" && wasProposed && contacts.data !== undefined && mayBeInvited(contact);
  const deciding = why.data?.match?.deciding_credit_ids ?? why.data?.standing?.deciding_credit_ids ?? [];
  const bio = profile.bio.fr ?? profile.bio.en;
  return (
    <>
      {sentTo !== null && <Sent names={sentTo} />}
      <div className={classes.person}>
        <div>
          <Section title={t("person.here")}>
            {contact && <ContactState contact={contact} name={name} />}
            {!wasProposed ? (
              <p>{t("person.never")}</p>
            ) : why.data ? (
              <Place why={why.data} />
            ) : why.isError ? (
              <Failed error={why.error} retry={() => void why.refetch()} />
            ) : (
              <Loading />
            )}
          </Section>
          {bio && (
            <Section title={t("person.about")}>
              <p className={classes.bio}>{both({ fr: bio, en: profile.bio.en })}</p>
            </Section>
          )}
          <Section title={t("person.career")}>
            <Career credits={inOrder(profile.credits, deciding)} />
          </Section>
          <Section title={t("person.fingerprint")} hint={t("person.fingerprint_what")}>
            <Fingerprint credits={profile.credits} />
          </Section>
        </div>
        <aside className={classes.side} aria-label={t("person.in_short")}>
          <InShort
            person={profile}
            levels={profile.roles.map((role) => ({
              name: words.label("roles", role),
              level: profile.levels[role],
              years: profile.verified_years[role] ?? 0,
            }))}
            brief={brief}
            languages
          />
          <RemarksStanding remarks={remarks} />
          <Note briefId={briefId} profileId={id} name={name} remarks={remarks} />
          <p className={classes.small}>{t("person.contact_after")}</p>
        </aside>
      </div>
      {invites && (
        <InvitationForm
          brief={brief}
          title={t("invite.title_one", { name })}
          people={[profile]}
          invitation={invitation}
          onSent={setSentTo}
          reload={() => void contacts.refetch()}
        />
      )}
      <Report about="profile" id={id} />
    </>
  );
}

/** Why somebody has the place that they have, or none, and what would change it. */
function Place({ why }: { why: Why }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const words = useWords();
  const { match, standing } = why;
  const against = why.obstacle ?? why.decided_by;
  const contributions = match?.contributions ?? standing?.contributions;
  const summary = match?.summary ?? standing?.summary;
  const score = match?.score ?? standing?.score;
  return (
    <>
      {!match && <Notice title={t("person.off")}>{against && <p>{both(against.text)}</p>}</Notice>}
      {match && (
        <ul className={classes.reasons} aria-label={t("reasons", { name: why.profile.display_name })}>
          {match.reasons.map((reason) => (
            <li key={reason.code}>{both(reason.text)}</li>
          ))}
        </ul>
      )}
      {match && match.why !== "rank" && (
        <p className={classes.told}>
          <Tag>{t(`why.${match.why}`)}</Tag> <span className={classes.small}>{t(`why_what.${match.why}`)}</span>
        </p>
      )}
      {contributions && score !== undefined && (
        <>
          <Title order={3} className={classes.subhead}>
            {t("criteria_score", { score: words.tenths(score) })}
          </Title>
          {standing && (
            <p className={classes.small}>
              {t("person.place_of", { rank: standing.rank, eligible: standing.eligible })}{" "}
              <Link to="/how-profiles-are-ordered">{t("how")}</Link>
            </p>
          )}
          {summary && <p>{both(summary)}</p>}
          <Criteria contributions={contributions} />
        </>
      )}
      <Title order={3} className={classes.subhead}>
        {t("what_if")}
      </Title>
      <Changes why={why} />
    </>
  );
}
