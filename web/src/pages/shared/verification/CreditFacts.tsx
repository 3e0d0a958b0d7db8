import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { useFormats } from "@/i18n/format";
import classes from "./verification.module.css";

const FACTS = ["work", "participation", "function"] as const;
const SOURCES = ["review", "attestation", "engagement", "evidence", "wikidata", "databnf", "isan", "tmdb"] as const;

/** Three facts of a credit: what shows each, since when and until when; or that it is still to be shown. `children`: what else is
 * said of the work, under its title. */
export function CreditFacts({ credit, children }: { credit: Shape<"CreditBadgesShape">; children?: ReactNode }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const source = (id: string) => t(`source.${SOURCES.find((one) => one === id) ?? "other"}`);
  return (
    <>
      <Title order={3}>
        <cite>{credit.title}</cite> ({credit.year})
      </Title>
      {children}
      <ul className={classes.facts}>
        {FACTS.map((fact) => {
          const badge = credit.badges.find((one) => one.fact === fact);
          return (
            <li key={fact} data-held={badge ? true : undefined}>
              <span className={classes.mark} aria-hidden="true">
                {badge ? "✓" : "–"}
              </span>
              <span>
                {t(`fact.${fact}`)}
                <span>
                  {badge
                    ? t("shown_by", { source: source(badge.source), since: day(badge.checked_at), until: day(badge.expires_at) })
                    : t("not_shown")}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
