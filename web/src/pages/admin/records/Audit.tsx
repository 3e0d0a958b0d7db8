import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { isProblem } from "@/api/problem";
import { Page } from "@/design/Page";
import { Empty } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import lists from "../Lists.module.css";
import { Paged } from "../Paged";
import { addressOf, auditQuery, searchOf, THINGS, thingOf, type Entry, type Search, type Thing } from "./audit";
import { ChainCheck } from "./ChainCheck";
import { Details } from "./Details";

/** Who did what: of a person, of one thing, of a period. */
export default function Audit() {
  const { t } = useTranslation("audit");
  const [parameters, setParameters] = useSearchParams();
  const search = searchOf(parameters);
  const query = useInfiniteQuery(auditQuery(search));
  const chained = search.thing === "case_id" || search.thing === "alarm_id" ? search.thing : null;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Filter key={addressOf(search).toString()} search={search} error={query.error} look={(next) => setParameters(addressOf(next))} />
      {chained && <ChainCheck key={search.reference} thing={chained} reference={search.reference} />}
      <Paged
        query={query}
        items={(page) => page.entries}
        empty={
          <Empty title={t("empty")}>
            <p>{t("empty_what")}</p>
          </Empty>
        }
      >
        {(all) => (
          <ul className={lists.rows}>
            {all.map((one) => (
              <li key={one.event_id} className={lists.row}>
                <Line one={one} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  );
}

function Filter({ search, error, look }: { search: Search; error: unknown; look: (next: Search) => void }) {
  const { t } = useTranslation("audit");
  const [asked, setAsked] = useState(search);
  const set = (change: Partial<Search>) => setAsked({ ...asked, ...change });
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <form
      className={lists.filters}
      onSubmit={(event) => {
        event.preventDefault();
        look(asked);
      }}
    >
      <NativeSelect
        id="audit-thing"
        label={t("filter.thing")}
        value={asked.thing}
        onChange={(event) => set({ thing: event.currentTarget.value as Thing | "" })}
        data={(["", ...THINGS] as const).map((value) => ({ value, label: t(`filter.things.${value || "everything"}`) }))}
      />
      {asked.thing !== "" && (
        <TextInput
          id="audit-reference"
          label={t("filter.reference")}
          value={asked.reference}
          onChange={(event) => set({ reference: event.currentTarget.value })}
          error={wrong(`?${asked.thing}`)}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
        />
      )}
      <TextInput
        id="audit-since"
        type="date"
        label={t("filter.since")}
        value={asked.since}
        onChange={(event) => set({ since: event.currentTarget.value })}
        error={wrong("?since")}
      />
      <TextInput
        id="audit-until"
        type="date"
        label={t("filter.until")}
        value={asked.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
        error={wrong("?until")}
      />
      <div className={lists.acts}>
        <Button type="submit">{t("filter.apply")}</Button>
        {addressOf(search).size > 0 && (
          <Button component={Link} to="/admin/audit" variant="subtle">
            {t("filter.clear")}
          </Button>
        )}
        {asked.thing !== "" && <span className={lists.calm}>{t("filter.reference_hint")}</span>}
      </div>
    </form>
  );
}

function Line({ one }: { one: Entry }) {
  const { t } = useTranslation("audit");
  const bilingual = useBilingual();
  const { moment } = useFormats();
  const { sub } = useSession();
  const thing = thingOf(one);
  const to = (about: Thing, reference: string) =>
    `/admin/audit?${addressOf({ thing: about, reference, since: "", until: "" }).toString()}`;
  const who = one.actor === null ? "itself" : one.actor === sub ? "me" : "someone";
  return (
    <>
      <p className={lists.name}>{bilingual(one.label)}</p>
      <p className={lists.calm}>
        {moment(one.at)} · {t(`who.${who}`)}
      </p>
      <div className={lists.acts}>
        {thing && <Link to={to(thing, one.about)}>{t("of_thing")}</Link>}
        {one.actor && <Link to={to("person", one.actor)}>{t("of_person")}</Link>}
      </div>
      {Object.keys(one.details).length > 0 && (
        <details className={lists.further}>
          <summary>{t("details")}</summary>
          <Details of={one} />
        </details>
      )}
    </>
  );
}
