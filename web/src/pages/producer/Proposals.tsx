import { Anchor, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "@/design/Notice";
import { Empty, Loaded, Loading } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { AsideList } from "./people/Aside";
import { useInvitation } from "./people/invitation";
import { InvitationForm, Sent } from "./people/InvitationForm";
import { Nobody } from "./people/Nobody";
import { contactsQuery, outreachQuery, shortlistQuery, type Match, type Shortlist } from "./people/queries";
import { FEWEST, mayBeInvited, MOST } from "@/pages/shared/person/reading";
import { useRemarks } from "./people/remarks";
import { RemarksStanding } from "./people/RemarksStanding";
import { Seat } from "./people/Seat";
import { ProjectFrame } from "./ProjectFrame";
import type { Brief } from "./briefs";
import classes from "@/pages/shared/person/People.module.css";

const AGAIN_MS = 2_000;

/** Whom one may ask about a project. */
export default function Proposals() {
  const { t } = useTranslation("people");
  return (
    <ProjectFrame title={t("title")} lead={<Lead />}>
      {({ brief }) => (brief.status === "draft" ? <Draft brief={brief} /> : <Proposed brief={brief} key={brief.brief_id} />)}
    </ProjectFrame>
  );
}

function Lead() {
  const { t } = useTranslation("people");
  return (
    <p>
      {t("lead")}{" "}
      <Anchor component={Link} to="/how-profiles-are-ordered" data-screen-only>
        {t("how")}
      </Anchor>
    </p>
  );
}

function Draft({ brief }: { brief: Brief }) {
  const { t } = useTranslation("people");
  return (
    <Empty
      title={t("draft.title")}
      action={
        <Button component={Link} to={`/briefs/${brief.brief_id}/edit`}>
          {t("draft.go_on")}
        </Button>
      }
    >
      <p>{t("draft.what")}</p>
    </Empty>
  );
}

function Proposed({ brief }: { brief: Brief }) {
  const { t } = useTranslation("people");
  const query = useQuery(shortlistQuery(brief.brief_id));
  const { data, dataUpdatedAt, refetch } = query;
  const isComing = brief.status === "live" && data !== undefined && data.status !== "ready";
  useEffect(() => {
    if (!isComing) return;
    const timer = setTimeout(() => void refetch(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isComing, dataUpdatedAt, refetch]);

  // That it came is said to whoever does not see it; not when it was there from the start.
  const waited = useRef(false);
  if (isComing) waited.current = true;
  const came = waited.current && data?.status === "ready";
  return (
    <>
      <p role="status" className="visually-hidden">
        {came && `${t("pending.there")} ${t("shown", { count: data.matches.length })}`}
      </p>
      <Standing brief={brief} />
      <Loaded query={query}>
        {(shortlist) => {
          if (shortlist.status === "pending") {
            return brief.status === "live" ? <Coming /> : <Empty title={t("over.never")} />;
          }
          if (!shortlist.matches.length) {
            return brief.status === "live" ? <Nobody brief={brief} /> : <Empty title={t("over.never")} />;
          }
          return <Seats brief={brief} shortlist={shortlist} />;
        }}
      </Loaded>
    </>
  );
}

function Coming() {
  const { t } = useTranslation("people");
  return (
    <div role="status">
      <Empty title={t("pending.title")}>
        <p>{t("pending.what")}</p>
      </Empty>
    </div>
  );
}

/** What is to be known before one reads on: that the project is over, or that somebody waits. */
function Standing({ brief }: { brief: Brief }) {
  const { t } = useTranslation("people");
  const { data: outreach } = useQuery(outreachQuery(brief.brief_id));
  const { status } = brief;
  return (
    <>
      {status !== "live" && status !== "draft" && (
        <Notice
          tone={status === "returned" ? "warning" : "plain"}
          title={t(`over.${status}`)}
          actions={
            status === "returned" ? (
              brief.measure_id && <Link to={`/moderation/${brief.measure_id}`}>{t("over.decision")}</Link>
            ) : (
              <Link to={`/briefs/${brief.brief_id}/answers`}>{t("over.reopen")}</Link>
            )
          }
        />
      )}
      {outreach !== undefined && outreach.interested > 0 && (
        <Notice
          tone="good"
          title={t("interested", { count: outreach.interested })}
          actions={<Link to={`/briefs/${brief.brief_id}/conversations`}>{t("see_conversations")}</Link>}
        />
      )}
    </>
  );
}

function Seats({ brief, shortlist }: { brief: Brief; shortlist: Shortlist }) {
  const { t } = useTranslation("people");
  const { moment } = useFormats();
  const contacts = useQuery(contactsQuery(brief.brief_id));
  const invitation = useInvitation(brief.brief_id);
  const remarks = useRemarks(brief.brief_id);
  const [asided, setAsided] = useState<{ id: string; name: string } | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), [asided]);

  const known = new Map(contacts.data?.conversations.map((one) => [one.person?.profile_id, one]));
  const onList = shortlist.matches.filter(({ profile }) => remarks.of(profile.profile_id).dismissal === null);
  const aside = shortlist.matches.filter((match) => !onList.includes(match));
  const chosen = onList.map(({ profile }) => profile).filter((one) => invitation.chosen.includes(one.profile_id));
  const people = chosen.filter((one) => mayBeInvited(known.get(one.profile_id)));
  const putAside = async ({ profile_id: id, display_name: name }: Match["profile"]) => {
    setAsided({ id, name });
    const wasChosen = invitation.chosen.includes(id);
    invitation.choose(id, false);
    if (await remarks.setAside(id, "unstated")) return;
    setAsided(null);
    if (wasChosen) invitation.choose(id, true);
  };
  const back = async (id: string) => {
    setAsided(null);
    if (!(await remarks.setAside(id, null))) return;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#name-${id} a`)?.focus());
  };
  // Nobody is shown only to be taken away again a moment later.
  if (remarks.query.isPending) return <Loading />;
  return (
    <>
      {shortlist.status === "updating" && <Notice live title={t("updating")} />}
      {contacts.isError && <Notice tone="warning" title={t("contacts_unknown")} />}
      <RemarksStanding remarks={remarks} />
      <p className={classes.count}>
        <strong>{t("shown", { count: shortlist.matches.length })}</strong> {t("among", { count: shortlist.eligible })}.{" "}
        {shortlist.computed_at && <span>{t("computed", { when: moment(shortlist.computed_at) })}. </span>}
        {t("free")}
      </p>
      {asided && (
        <Notice
          live
          title={t("aside.done", { name: asided.name })}
          actions={
            <Button ref={undo} variant="default" onClick={() => void back(asided.id)}>
              {t("aside.undo")}
            </Button>
          }
        />
      )}
      {onList.length === 0 && <p>{t("aside.everyone")}</p>}
      <ol className={classes.seats}>
        {onList.map((match) => (
          <li key={match.profile.profile_id}>
            <Seat
              match={match}
              brief={brief}
              contact={known.get(match.profile.profile_id)}
              invitation={invitation}
              remarks={remarks}
              onAside={() => void putAside(match.profile)}
            />
          </li>
        ))}
      </ol>
      {chosen.length > 0 && (
        <Tray
          briefId={brief.brief_id}
          chosen={chosen.map((one) => one.profile_id)}
          invites={brief.status === "live"}
          onNobody={invitation.chooseNobody}
        />
      )}
      {sentTo !== null && <Sent names={sentTo} />}
      {brief.status === "live" && (
        <InvitationForm
          brief={brief}
          title={t("invite.title")}
          people={people}
          already={chosen.filter((one) => !people.includes(one))}
          invitation={invitation}
          onSent={setSentTo}
          reload={() => void contacts.refetch()}
        />
      )}
      {aside.length > 0 && <AsideList matches={aside} remarks={remarks} onBack={(id) => void back(id)} />}
    </>
  );
}

/** What can be done with those who are chosen, in sight as long as one reads the list. */
function Tray({ briefId, chosen, invites, onNobody }: {
  briefId: string;
  chosen: readonly string[];
  invites: boolean;
  onNobody: () => void;
}) {
  const { t } = useTranslation("people");
  const comparable = chosen.length >= FEWEST && chosen.length <= MOST;
  return (
    <section className={classes.tray} aria-label={t("tray")} data-screen-only>
      <p role="status">{t("chosen", { count: chosen.length })}</p>
      {comparable ? (
        <Button component={Link} to={`/briefs/${briefId}/compare?with=${chosen.join(",")}`} variant="default">
          {t("compare_chosen")}
        </Button>
      ) : (
        <span className={classes.small}>{t("compare_limit")}</span>
      )}
      {invites && <Button onClick={() => document.getElementById("word")?.focus()}>{t("to_invitation")}</Button>}
      <Button variant="subtle" onClick={onNobody}>
        {t("unchoose")}
      </Button>
    </section>
  );
}
