import { NativeSelect } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { FileUpload } from "@/design/FileUpload";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { filesQuery, isOpen, type Case } from "./cases";
import classes from "./verification.module.css";

type Kind = Shape<"EvidenceInput">["kind"];

const TYPES = { pdf: "application/pdf", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" } as const;
const MAXIMUM = 10_000_000;
const KINDS: Record<Case["kind"], readonly Kind[]> = {
  profile: ["end_credits", "contract", "payslip", "diploma", "internship", "reading_report", "referee", "other"],
  credit: ["end_credits", "contract", "payslip", "referee", "correspondence", "invoice", "other"],
  company: ["contract", "correspondence", "other"],
};

/** The files of a case: what was sent, and a place for more as long as nothing is decided. */
export function Evidence({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const files = useQuery(filesQuery(found.case_id));
  const open = isOpen(found);
  if (!open && files.data?.every(({ status }) => status === "quarantine")) return null;
  return (
    <Section title={t("evidence.title")} hint={t(`evidence.hint.${found.kind}`)} id="evidence">
      <Loaded query={files}>{(sent) => <Sent files={sent} found={found} />}</Loaded>
      {open && <Sending found={found} />}
    </Section>
  );
}

function Sent({ files, found }: { files: readonly Shape<"EvidenceShape">[]; found: Case }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const both = useBilingual();
  const titles = new Map(found.badges.map((credit) => [credit.credit_id, credit.title]));
  const named = (one: Shape<"EvidenceShape">) => (
    <>
      <strong>{t(`evidence.kind.${one.kind}`)}</strong>
      {one.credit_id && titles.has(one.credit_id) && (
        <>
          {" "}
          — <cite>{titles.get(one.credit_id)}</cite>
        </>
      )}
    </>
  );
  const kept = files.filter(({ status }) => status === "accepted" || status === "deleted");
  const refused = files.filter(({ status }) => status === "rejected");
  return (
    <>
      {kept.length > 0 && (
        <ul className={classes.rows}>
          {kept.map((one) => (
            <li key={one.evidence_id} className={classes.row}>
              <div>
                {named(one)}
                <p className={classes.soft}>{t("evidence.sent_on", { day: day(one.offered_at) })}</p>
              </div>
              <Tag tone={one.status === "accepted" ? "good" : "plain"}>{t(`evidence.${one.status as "accepted" | "deleted"}`)}</Tag>
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <details className={classes.fold}>
          <summary>{t("evidence.refused", { count: refused.length })}</summary>
          <ul className={classes.todo}>
            {refused.map((one) => (
              <li key={one.evidence_id}>
                {named(one)} <span className={classes.soft}>{t("evidence.sent_on", { day: day(one.offered_at) })}</span>
                <br />
                {one.explanation && both(one.explanation)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Sending({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const both = useBilingual();
  const cache = useQueryClient();
  const [kind, setKind] = useState<Kind>(KINDS[found.kind][0]!);
  const [creditId, setCreditId] = useState(found.credit_id ?? "");
  const path = { case_id: found.case_id };
  return (
    <div className={classes.sending}>
      <FileUpload
        label={t("evidence.choose")}
        formats={t("evidence.formats")}
        types={TYPES}
        maximumBytes={MAXIMUM}
        offer={async (file, mediaType, key) => {
          const { evidence, upload } = await ask(
            api.POST("/verification/mine/{case_id}/evidence", {
              params: { path, header: { "Idempotency-Key": key } },
              body: { kind, credit_id: creditId || null, media_type: mediaType as (typeof TYPES)["pdf"], size: file.size },
            }),
          );
          return { ...upload, evidenceId: evidence.evidence_id };
        }}
        confirm={async ({ evidenceId }) => {
          const checked = await ask(
            api.POST("/verification/mine/{case_id}/evidence/{evidence_id}/confirm", {
              params: { path: { ...path, evidence_id: evidenceId } },
            }),
          );
          if (checked.status !== "rejected") return null;
          return checked.explanation ? both(checked.explanation) : t("evidence.not_kept");
        }}
        onKept={() => void cache.invalidateQueries({ queryKey: ["verification"] })}
      >
        <div className={classes.pair}>
          <NativeSelect
            id="evidence-kind"
            label={t("evidence.what")}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as Kind)}
            data={KINDS[found.kind].map((one) => ({ value: one, label: t(`evidence.kind.${one}`) }))}
          />
          {found.badges.length > 0 && (
            <NativeSelect
              id="evidence-credit"
              label={t("evidence.about")}
              value={creditId}
              onChange={(event) => setCreditId(event.currentTarget.value)}
              data={[
                ...(found.credit_id ? [] : [{ value: "", label: t("evidence.whole") }]),
                ...found.badges.map((credit) => ({ value: credit.credit_id, label: `${credit.title} (${credit.year})` })),
              ]}
            />
          )}
        </div>
      </FileUpload>
    </div>
  );
}
