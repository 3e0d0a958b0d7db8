import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useBilingual } from "@/i18n/format";
import type { Case } from "../cases";

/** What the automatic checks make of the case, and what should be looked at twice. It decides nothing. */
export function Advice({ found }: { found: Case }) {
  const { t } = useTranslation("review");
  const both = useBilingual();
  const { recommendation, signals } = found;
  if (!recommendation && signals.length === 0) return null;
  return (
    <Section title={t("advice.title")} plain>
      {recommendation && (
        <>
          <p>{t("advice.recommendation", { route: both(recommendation.label) })}</p>
          {recommendation.reasons.length > 0 && (
            <ul>
              {recommendation.reasons.map((one, index) => (
                <li key={index}>{both(one.note)}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {signals.length > 0 && (
        <Notice tone="warning" title={t("advice.signals")}>
          <ul>
            {signals.map((one, index) => (
              <li key={index}>{both(one.message)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </Section>
  );
}
