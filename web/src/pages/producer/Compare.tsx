import { Button, Checkbox } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty, Failed, Loaded, Loading } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Brief } from "./briefs";
import { ContactState } from "./people/ContactState";
import { Bar } from "@/pages/shared/person/Criteria";
import { useInvitation } from "./people/invitation";
import { InvitationForm, Sent } from "./people/InvitationForm";
import { Note } from "./people/Note";
import { contactsQuery, shortlistQuery, whyQuery, type Shortlist } from "./people/queries";
import { compared, counted, FEWEST, inOrder, mayBeInvited, MOST } from "@/pages/shared/person/reading";
import { useRemarks } from "./people/remarks";
import { RemarksStanding } from "./people/RemarksStanding";
import { columnOfMatch, columnOfWhy, type Column } from "./people/columns";
import { useWords } from "@/pages/shared/person/useWords";
import { Works } from "@/pages/shared/person/Works";
import { ProjectFrame } from "./ProjectFrame";
import classes from "@/pages/shared/person/People.module.css";

/** Two to four people side by side, by the same criteria, on paper too. */
export default function Compare() {
  const { t } = useTranslation(["people", "common"]);
  return (
    <ProjectFrame
      title={t("compare.title")}
      lead={t("compare.lead")}
      actions={
        <Button variant="default" onClick={() => window.print()}>
          {t("common:print")}
        </Button>
      }
    >
      {({ brief }) => <Comparison brief={brief} />}
    </ProjectFrame>
  );
}

function Comparison({ brief }: { brief: Brief }) {
  const query = useQuery(shortlistQuery(brief.brief_id));
  return <Loaded query={query}>{(shortlist) => <Chosen brief={brief} shortlist={shortlist} />}</Loaded>;
}

function Chosen({ brief, shortlist }: { brief: Brief; shortlist: Shortlist }) {
  const { t } = useTranslation("people");
  const [search, setSearch] = useSearchParams();
  const wanted = compared(search.toString());
  const proposed = new Map(shortlist.matches.map((match) => [match.profile.profile_id, match]));
  // Whoever has left the shortlist since can still be looked at, one by one.
  const others = useQueries({
    queries: wanted.filter((id) => !proposed.has(id)).map((id) => whyQuery(brief.brief_id, id)),
  });
  const failed = others.find((one) => one.isError && !isGone(one.error));
  const lost = others.filter((one) => one.isError && isGone(one.error)).length;
  const whys = new Map(others.flatMap(({ data }) => (data ? [[data.profile.profile_id, data]] as const : [])));
  const columns = wanted.flatMap((id) => {
    const match = proposed.get(id);
    const why = whys.get(id);
    return match ? [columnOfMatch(match)] : why ? [columnOfWhy(why)] : [];
  });
  const offered = [
    ...shortlist.matches.map((match) => match.profile),
    ...columns.map((one) => one.person).filter((one) => !proposed.has(one.profile_id)),
  ];
  const pick = (id: string, on: boolean) =>
    setSearch({ with: (on ? [...wanted, id] : wanted.filter((one) => one !== id)).join(",") }, { replace: true });
  return (
    <>
      <fieldset className={classes.picker} data-screen-only>
        <legend>{t("compare.who")}</legend>
        <p className={classes.small}>{t("compare.who_what")}</p>
        <div className={classes.who}>
          {offered.map(({ profile_id: id, display_name: name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={wanted.includes(id)}
              disabled={!wanted.includes(id) && wanted.length >= MOST}
              onChange={(event) => pick(id, event.currentTarget.checked)}
            />
          ))}
        </div>
      </fieldset>
      {lost > 0 && <Notice title={t("compare.lost", { count: lost })} />}
      {failed && <Failed error={failed.error} retry={() => void failed.refetch()} />}
      {others.some((one) => one.isPending) ? (
        <Loading />
      ) : columns.length < FEWEST ? (
        <Empty
          title={t("compare.none")}
          action={
            <Button component={Link} to={`/briefs/${brief.brief_id}`} variant="default">
              {t("compare.back")}
            </Button>
          }
        >
          <p>{t("compare.none_what")}</p>
        </Empty>
      ) : (
        <Sheet brief={brief} columns={columns} />
      )}
    </>
  );
}

const isGone = (error: unknown) => isProblem(error) && (error.status === 404 || error.status === 410);

function Sheet({ brief, columns }: { brief: Brief; columns: readonly Column[] }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const { day } = useFormats();
  const words = useWords();
  const contacts = useQuery(contactsQuery(brief.brief_id));
  const invitation = useInvitation(brief.brief_id);
  const remarks = useRemarks(brief.brief_id);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const known = new Map(contacts.data?.conversations.map((one) => [one.person?.profile_id, one]));
  const people = columns.map((one) => one.person);
  const chosen = people.filter((one) => invitation.chosen.includes(one.profile_id));
  const invited = chosen.filter((one) => mayBeInvited(known.get(one.profile_id)));
  const live = brief.status === "live";

  const criteria = counted(columns.flatMap((one) => one.contributions)).filter(
    (one, index, all) => all.findIndex((each) => each.criterion === one.criterion) === index,
  );
  const scale = criteria[0]?.maximum ?? 1;

  const row = (key: string, label: string, cell: (column: Column) => ReactNode) => (
    <tr key={key} role="row">
      <th scope="row" role="rowheader">
        {label}
      </th>
      {columns.map((column) => (
        <td key={column.person.profile_id} role="cell">
          <span className={classes.cellName}>{column.person.display_name}</span>
          {cell(column)}
        </td>
      ))}
    </tr>
  );
  return (
    <>
      {sentTo !== null && <Sent names={sentTo} />}
      <RemarksStanding remarks={remarks} />
      <div className={classes.sheet}>
        <Section>
          <table className={classes.compared} role="table" aria-label={t("compare.table")}>
            <colgroup>
              <col />
              {people.map((one) => (
                <col key={one.profile_id} />
              ))}
            </colgroup>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  <span className="visually-hidden">{t("criterion")}</span>
                </th>
                {people.map((one) => (
                  <th key={one.profile_id} scope="col" role="columnheader">
                    <Link to={`/briefs/${brief.brief_id}/people/${one.profile_id}`}>{one.display_name}</Link>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {row("reasons", t("compare.reasons"), ({ reasons, against, person }) =>
                against ? (
                  both(against)
                ) : (
                <ul className={classes.reasons} aria-label={t("reasons", { name: person.display_name })}>
                  {reasons.map((one, index) => (
                    <li key={index}>{both(one)}</li>
                  ))}
                </ul>
                ),
              )}
              {row("verified", t("compare.verified"), ({ person: { credits }, deciding }) => (
                <>
                  <p>
                    {t("compare.verified_of", {
                      verified: credits.filter((one) => one.level > 0).length,
                      all: credits.length,
                    })}
                  </p>
                  <Works
                    works={inOrder(credits, deciding).filter((one) => one.level > 0).slice(0, 2)}
                    label={t("compare.verified")}
                  />
                </>
              ))}
              {row("level", t("level"), ({ person }) => (
                <>
                  <p>{words.label("seniority", person.level)}</p>
                  <p className={classes.small}>{words.years(person.verified_years)}</p>
                  {person.background && <p className={classes.small}>{words.background(person.background)}</p>}
                </>
              ))}
              {row("availability", t("availability"), ({ person }) => words.availability(person.availability))}
              {row("place", t("place"), ({ person }) => words.place(person))}
              {row("languages", t("languages"), ({ person }) => words.labels("languages", person.languages).join(", "))}
              {criteria.map(({ criterion, labels }) =>
                row(criterion, both(labels), ({ contributions }) => {
                  const found = contributions.find((one) => one.criterion === criterion);
                  if (!found) return <p className={classes.small}>{t("compare.not_eligible")}</p>;
                  return (
                    <>
                      <Bar points={found.points} maximum={found.maximum} scale={scale} />
                      <span className={classes.figures}>
                        {t("points", { points: words.tenths(found.points), maximum: words.tenths(found.maximum) })}
                      </span>
                    </>
                  );
                }),
              )}
              {row("total", t("compare.total"), ({ score }) =>
                score === null ? t("compare.not_eligible") : t("compare.score", { score: words.tenths(score) }),
              )}
              {row("rate", t("rate"), ({ person }) => (
                <>
                  <p>{words.rate(person.day_rate)}</p>
                  <p className={classes.small}>{words.budget(person.day_rate, brief)}</p>
                </>
              ))}
              {row("note", t("note.label"), ({ person }) => (
                <Note briefId={brief.brief_id} profileId={person.profile_id} name={person.display_name} remarks={remarks} named />
              ))}
              {row("contact", t("compare.contact"), ({ person }) => {
                const contact = known.get(person.profile_id);
                return contact ? (
                  <ContactState contact={contact} name={person.display_name} />
                ) : (
                  <p className={classes.small}>{t("compare.no_contact")}</p>
                );
              })}
            </tbody>
          </table>
        </Section>
        <p className={classes.footnote}>{t("compare.printed", { day: day(new Date().toISOString()) })}</p>
      </div>
      {live && (
        <div data-screen-only>
          <InvitationForm
            brief={brief}
            title={t("invite.title")}
            people={invited}
            already={chosen.filter((one) => !invited.includes(one))}
            invitation={invitation}
            onSent={setSentTo}
            reload={() => void contacts.refetch()}
          >
            <fieldset className={classes.picker}>
              <legend>{t("compare.choose")}</legend>
              <div className={classes.who}>
                {people.map(({ profile_id: id, display_name: name }) => (
                  <Checkbox
                    key={id}
                    label={name}
                    checked={invitation.chosen.includes(id)}
                    onChange={(event) => invitation.choose(id, event.currentTarget.checked)}
                  />
                ))}
              </div>
            </fieldset>
          </InvitationForm>
        </div>
      )}
    </>
  );
}
