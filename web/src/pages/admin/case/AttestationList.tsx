import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import type { Tone } from "@/design/Notice";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import classes from "./Case.module.css";

type Attestation = Shape<"AttestationShape">;
const TONES = {
  confirms: "good",
  other_function: "warning",
  does_not_confirm: "danger",
  unknown_person: "danger",
} as const satisfies Record<NonNullable<Attestation["answer"]>, Tone>;

/** Who was asked about a credit, and what they said. */
export function AttestationList({ all }: { all: readonly Attestation[] }) {
  const { t } = useTranslation("review");
  const { day } = useFormats();
  if (all.length === 0) return null;
  return (
    <>
      <Title order={4}>{t("attestations.title")}</Title>
      <ul className={classes.files}>
        {all.map((one) => (
          <li key={one.attestation_id}>
            <div>
              <p>{t("attestations.asked", { domain: one.domain, day: day(one.asked_at) })}</p>
              <p className={classes.soft}>
                {[
                  t(one.company_known ? "attestations.known" : "attestations.unknown"),
                  one.attester && t("attestations.has_account"),
                  one.answered_at && t("attestations.answered", { day: day(one.answered_at) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              {one.said && <blockquote className={classes.quote}>{one.said}</blockquote>}
            </div>
            <Tag tone={one.answer ? TONES[one.answer] : "plain"}>
              {one.answer ? t(`attestations.answer.${one.answer}`) : t(`attestations.status.${one.status}`)}
            </Tag>
          </li>
        ))}
      </ul>
    </>
  );
}
