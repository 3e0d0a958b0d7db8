import { Button, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { FileUpload } from "@/design/FileUpload";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { useSize } from "../../shared/Files";
import classes from "../admin.module.css";
import { useOpening } from "../useOpening";
import type { Alarm } from "./alarms";

type Kind = Shape<"AlarmFileInput">["kind"];
type MediaType = Shape<"AlarmFileInput">["media_type"];

const TYPES = { pdf: "application/pdf", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" } as const;
const MAXIMUM = 10_000_000;
const KINDS: readonly Kind[] = [
  "ruling",
  "contract",
  "correspondence",
  "invoice",
  "end_credits",
  "payslip",
  "diploma",
  "internship",
  "reading_report",
  "referee",
  "other",
];

/** The files of an alarm: those that it rests on once it is raised, and a place for more while it is prepared. */
export function AlarmFiles({ one }: { one: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { sub } = useSession();
  const shown = one.files.filter(({ status }) => status !== "quarantine");
  const adding = one.state === "draft" && one.prepared_by === sub;
  return (
    <Section title={t("files.title")} hint={t("files.hint")}>
      {shown.length === 0 && !adding && <p className={classes.soft}>{t("files.none")}</p>}
      {shown.length > 0 && (
        <ul className={classes.files}>
          {shown.map((file) => (
            <li key={file.evidence_id}>
              <File file={file} alarm={one} />
            </li>
          ))}
        </ul>
      )}
      {adding && <Adding alarm={one} />}
    </Section>
  );
}

function File({ file, alarm }: { file: Alarm["files"][number]; alarm: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { t: verified } = useTranslation("verification");
  const { day } = useFormats();
  const size = useSize();
  const worded = useBilingual();
  const name = verified(`evidence.kind.${file.kind}`);
  const readable = file.status === "accepted" && !alarm.ended_at;
  const open = useOpening(() =>
    ask(
      api.POST("/admin/alarms/{alarm_id}/evidence/{evidence_id}/open", {
        params: { path: { alarm_id: alarm.alarm_id, evidence_id: file.evidence_id } },
      }),
    ),
  );
  return (
    <>
      <div>
        <p>
          <strong>{name}</strong>{" "}
          {alarm.documents.includes(file.evidence_id) && <Tag>{t("files.relied_on")}</Tag>}
          {file.status === "rejected" && <Tag tone="danger">{t("files.rejected")}</Tag>}
          {file.status === "deleted" && <Tag>{t("files.deleted")}</Tag>}
        </p>
        <p className={classes.soft}>
          {[
            file.size !== null && size(file.size),
            t("files.sent", { day: day(file.offered_at) }),
            file.created && t("files.created", { day: day(file.created.slice(0, 10)) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {file.explanation && <p>{worded(file.explanation)}</p>}
        <Refusal error={open.error} />
      </div>
      {readable && (
        <Button variant="default" loading={open.isPending} aria-label={t("files.open_one", { name })} onClick={() => open.mutate()}>
          {t("files.open")}
        </Button>
      )}
    </>
  );
}

function Adding({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("adminAlarms");
  const { t: verified } = useTranslation("verification");
  const worded = useBilingual();
  const cache = useQueryClient();
  const [kind, setKind] = useState<Kind>("ruling");
  const path = { alarm_id: alarm.alarm_id };
  return (
    <FileUpload
      label={t("files.add")}
      formats={verified("evidence.formats")}
      types={TYPES}
      maximumBytes={MAXIMUM}
      offer={async (file, mediaType, key) => {
        const { evidence, upload } = await ask(
          api.POST("/admin/alarms/{alarm_id}/evidence", {
            params: { path, header: { "Idempotency-Key": key } },
            body: { kind, media_type: mediaType as MediaType, size: file.size },
          }),
        );
        return { ...upload, evidenceId: evidence.evidence_id };
      }}
      confirm={async ({ evidenceId }) => {
        const checked = await ask(
          api.POST("/admin/alarms/{alarm_id}/evidence/{evidence_id}/confirm", {
            params: { path: { ...path, evidence_id: evidenceId } },
          }),
        );
        if (checked.status !== "rejected") return null;
        return checked.explanation ? worded(checked.explanation) : verified("evidence.not_kept");
      }}
      onKept={() => void cache.invalidateQueries({ queryKey: ["admin", "alarms"] })}
    >
      <NativeSelect
        id="alarm-file-kind"
        label={t("files.kind")}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
        data={KINDS.map((one) => ({ value: one, label: verified(`evidence.kind.${one}`) }))}
        mb="md"
      />
    </FileUpload>
  );
}
