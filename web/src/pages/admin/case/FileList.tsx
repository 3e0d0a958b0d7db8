import { Button, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { caseQuery } from "../cases";
import { useOpening } from "../useOpening";
import classes from "./Case.module.css";

type File = Shape<"ReviewedFileShape">;

/** The files that were sent, for whoever has the case to open. */
export function FileList({ files, caseId, open }: { files: readonly File[]; caseId: string; open: boolean }) {
  const { t } = useTranslation("review");
  if (files.length === 0) return null;
  return (
    <>
      <Title order={4}>{t("files.title")}</Title>
      {!open && files.some(({ status }) => status === "accepted") && <p className={classes.soft}>{t("files.take_first")}</p>}
      <ul className={classes.files}>
        {files.map((one) => (
          <SentFile key={one.evidence_id} one={one} caseId={caseId} open={open} />
        ))}
      </ul>
    </>
  );
}

function SentFile({ one, caseId, open }: { one: File; caseId: string; open: boolean }) {
  const { t } = useTranslation("review");
  const { t: verification } = useTranslation("verification");
  const { day, number } = useFormats();
  const cache = useQueryClient();
  const name = verification(`evidence.kind.${one.kind}`);
  const created = one.created && /^\d{4}-\d{2}-\d{2}/.test(one.created) ? one.created.slice(0, 10) : null;
  const said = [
    one.size !== null && t("files.size", { size: number(Math.max(1, Math.round(one.size / 1_000))) }),
    t("files.sent", { day: day(one.offered_at) }),
    created && t("files.created", { day: day(created) }),
    one.producer && t("files.producer", { producer: one.producer }),
    one.exif && t("files.exif"),
    one.opened_at && t("files.opened", { day: day(one.opened_at) }),
  ].filter(Boolean);
  const opening = useOpening(
    () =>
      ask(
        api.POST("/verification/cases/{case_id}/evidence/{evidence_id}/open", {
          params: { path: { case_id: caseId, evidence_id: one.evidence_id } },
        }),
      ),
    () => cache.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }),
  );
  return (
    <li>
      <div>
        <p>
          {name} {one.status !== "accepted" && <Tag>{t(`files.${one.status}`)}</Tag>}
        </p>
        <p className={classes.soft}>{said.join(" · ")}</p>
        <Refusal error={opening.error} />
      </div>
      {open && one.status === "accepted" && (
        <Button variant="default" aria-label={t("files.open_one", { what: name })} loading={opening.isPending} onClick={() => opening.mutate()}>
          {t("files.open")}
        </Button>
      )}
    </li>
  );
}
