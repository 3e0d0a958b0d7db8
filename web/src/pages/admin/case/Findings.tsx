import { useTranslation } from "react-i18next";
import type { Tone } from "@/design/Notice";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Finding } from "../cases";
import classes from "./Case.module.css";
import { safe } from "./links";
import { ordered } from "./verdict";

const VERDICTS = ["confirms", "partial", "contradicts", "silent", "error", "noticed"] as const;
type Verdict = (typeof VERDICTS)[number];
const TONES: Record<Verdict, Tone> = {
  confirms: "good",
  partial: "good",
  contradicts: "danger",
  silent: "plain",
  error: "warning",
  noticed: "plain",
};
const SOURCES = ["wikidata", "databnf", "isan", "tmdb"] as const;

/** What checks found, each with its source, its date and its link. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation("review");
  const { t: verification } = useTranslation("verification");
  const { moment } = useFormats();
  const both = useBilingual();
  const source = (id: string) => verification(`source.${SOURCES.find((one) => one === id) ?? "other"}`);
  return (
    <ul className={classes.findings}>
      {ordered(findings).map((one, index) => {
        const verdict = VERDICTS.find((known) => known === one.verdict) ?? "noticed";
        const url = safe(one.url);
        const from = one.retrieved_at && [source(one.source), t("consulted", { moment: moment(one.retrieved_at) })];
        const said = [one.proves && t(`proves.${one.proves}`), ...(from || [])].filter(Boolean);
        return (
          <li key={index} data-verdict={verdict}>
            <Tag tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</Tag>
            <div>
              <p>{both(one.note)}</p>
              {(said.length > 0 || url) && (
                <p className={classes.soft}>
                  {said.join(" · ")}
                  {url && (
                    <>
                      {said.length > 0 && " · "}
                      <a href={url} target="_blank" rel="noreferrer" aria-label={t("look_at", { what: both(one.note) })}>
                        {t("look")}
                      </a>
                    </>
                  )}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
