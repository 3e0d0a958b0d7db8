import { Button, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import lists from "../Lists.module.css";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";
import { Figure } from "./Overview";

type Exposed = Shape<"ExposureShape">;

/** Under this ratio, a group with seats to expect has markedly fewer than a draw by lot would give. */
const FEW = 0.8;

/** Who is shown against who could be, by level and by region. */
export default function Exposure() {
  const { t } = useTranslation("operations");
  const [chosen, choose] = useSearchParams();
  const asked = { from: chosen.get("from") ?? "", until: chosen.get("until") ?? "" };
  const [period, setPeriod] = useState(asked);
  const query = useQuery({
    queryKey: ["admin", "exposure", asked],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/admin/exposure", {
          params: { query: { from: asked.from || undefined, until: asked.until || undefined } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const wrong = (pointer: string) => (isProblem(query.error) ? query.error.at(pointer) : undefined);
  const isRefused = isProblem(query.error) && query.error.status === 422;
  return (
    <Frame title={t("exposure.title")} lead={t("exposure.lead")}>
      <form
        className={lists.filters}
        onSubmit={(event) => {
          event.preventDefault();
          choose(Object.fromEntries(Object.entries(period).filter(([, day]) => day)), { replace: true });
        }}
      >
        <TextInput
          id="exposure-from"
          type="date"
          label={t("exposure.since")}
          value={period.from}
          onChange={(event) => setPeriod({ ...period, from: event.currentTarget.value })}
          error={wrong("?from")}
        />
        <TextInput
          id="exposure-until"
          type="date"
          label={t("exposure.until")}
          value={period.until}
          onChange={(event) => setPeriod({ ...period, until: event.currentTarget.value })}
          error={wrong("?until")}
        />
        <Button type="submit" variant="default">
          {t("exposure.apply")}
        </Button>
      </form>
      {isRefused ? (
        <Refusal error={query.error} fields={["?from", "?until"]} />
      ) : (
        <Loaded query={query}>{(exposed) => <Shown exposed={exposed} />}</Loaded>
      )}
    </Frame>
  );
}

function Shown({ exposed }: { exposed: Exposed }) {
  const { t } = useTranslation("operations");
  const { day, number, percent } = useFormats();
  const period = t("exposure.period", { from: day(exposed.from), until: day(exposed.until) });
  if (exposed.seats === 0) {
    return (
      <Empty title={t("exposure.empty")}>
        <p>{period}</p>
        <p>{t("exposure.empty_what")}</p>
      </Empty>
    );
  }
  const { juniors } = exposed;
  return (
    <>
      <Section title={period}>
        <dl className={classes.figures}>
          <Figure name={t("exposure.projects")} value={number(exposed.projects)} />
          <Figure name={t("exposure.seats")} value={number(exposed.seats)} />
          <Figure name={t("exposure.people")} value={number(exposed.people_shown)} />
          {exposed.most_shown_share !== null && (
            <Figure name={t("exposure.most")} value={percent(exposed.most_shown_share)} />
          )}
        </dl>
      </Section>
      <Groups title={t("exposure.levels")} groups={exposed.levels} />
      <Groups title={t("exposure.regions")} groups={exposed.regions} />
      <Section
        title={t("exposure.juniors")}
        hint={t("exposure.juniors_what", { projects: number(juniors.projects), shown: number(juniors.projects_showing_one) })}
      >
        <dl className={classes.figures}>
          {(["junior_seat", "rank", "rotation", "again"] as const).map((why) => (
            <Figure key={why} name={t(`exposure.juniors_why.${why}`)} value={number(juniors[why])} />
          ))}
        </dl>
      </Section>
      <Concentration of={exposed.concentration} />
    </>
  );
}

function Groups({ title, groups }: { title: string; groups: Exposed["levels"] }) {
  const { t } = useTranslation("operations");
  const bilingual = useBilingual();
  const { number, percent } = useFormats();
  const longest = Math.max(...groups.flatMap((one) => [one.share_shown ?? 0, one.share_expected ?? 0]), 0.01);
  const wide = (share: number | null) => `${(100 * (share ?? 0)) / longest}%`;
  const said = (share: number | null) => (share === null ? "–" : percent(share));
  return (
    <Section title={title}>
      <ul className={classes.legend} aria-hidden="true">
        <li>{t("exposure.legend_shown")}</li>
        <li data-expected>{t("exposure.legend_expected")}</li>
      </ul>
      <ul className={classes.groups} aria-hidden="true">
        {groups.map((one) => (
          <li key={one.id}>
            <span>{bilingual(one.labels)}</span>
            <svg role="presentation" focusable="false">
              <rect className={classes.shown} y="2" height="9" width={wide(one.share_shown)} />
              <rect className={classes.expected} y="13" height="9" width={wide(one.share_expected)} />
            </svg>
          </li>
        ))}
      </ul>
      <table className={lists.table}>
        <thead>
          <tr>
            <th scope="col">{t("exposure.group")}</th>
            <th scope="col">{t("exposure.seats_short")}</th>
            <th scope="col">{t("exposure.shown")}</th>
            <th scope="col">{t("exposure.expected")}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {bilingual(one.labels)} {one.ratio !== null && one.ratio < FEW && <Tag tone="warning">{t("exposure.less")}</Tag>}
              </th>
              <td>{number(one.seats)}</td>
              <td>{said(one.share_shown)}</td>
              <td>{said(one.share_expected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Concentration({ of }: { of: Exposed["concentration"] }) {
  const { t } = useTranslation("operations");
  const { number } = useFormats();
  const written = (gini: number) => number(Math.round(gini * 100) / 100);
  return (
    <Section title={t("exposure.concentration")} hint={t("exposure.concentration_what")}>
      <dl className={classes.figures}>
        {(["at_least", "at_most"] as const).map((bound) => {
          const one = of[bound];
          return (
            one && (
              <Figure
                key={bound}
                name={t(`exposure.${bound}`, { people: number(one.people) })}
                value={t("exposure.gini", { gini: written(one.gini), lot: written(one.gini_by_lot) })}
              />
            )
          );
        })}
      </dl>
    </Section>
  );
}
