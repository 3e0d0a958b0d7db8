import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { FileUpload } from "@/design/FileUpload";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import type { FileTypes } from "@/design/upload";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Conversation.module.css";
import { messagesQuery, nowStands, type Conversation, type Message } from "./conversations";

type Attachment = NonNullable<Message["attachment"]>;
type MediaType =
  | "application/pdf"
  | "application/vnd.oasis.opendocument.text"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "application/x-final-draft"
  | "text/plain"
  | "image/png"
  | "image/jpeg";

const TYPES = {
  pdf: "application/pdf",
  odt: "application/vnd.oasis.opendocument.text",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  fdx: "application/x-final-draft",
  fountain: "text/plain",
  txt: "text/plain",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
} as const satisfies FileTypes & Record<string, MediaType>;
const MAXIMUM_BYTES = 25_000_000;

/** The files of a conversation, once both know each other: those that came, and sending another. */
export function Files({ conversation, messages }: { conversation: Conversation; messages: readonly Message[] }) {
  const { t } = useTranslation("conversation");
  const worded = useBilingual();
  const cache = useQueryClient();
  const there = messages.flatMap(({ attachment }) => (attachment?.status === "added" ? [attachment] : []));
  if (!conversation.reveal.since) return null;
  const id = { conversation_id: conversation.conversation_id };
  const again = () => cache.invalidateQueries({ queryKey: messagesQuery(conversation.conversation_id).queryKey });
  return (
    <Section title={t("files.title")}>
      {there.length === 0 && <p className={classes.none}>{t("files.none")}</p>}
      {there.length > 0 && (
        <ul className={classes.files}>
          {there.map((one) => (
            <li key={one.attachment_id}>
              <File of={one} conversation={conversation} />
            </li>
          ))}
        </ul>
      )}
      {conversation.may.includes("add_file") && (
        <FileUpload
          label={t("files.add")}
          formats={t("files.formats")}
          types={TYPES}
          maximumBytes={MAXIMUM_BYTES}
          offer={async (file, mediaType, key) => {
            const { attachment, upload } = await ask(
              api.POST("/conversations/{conversation_id}/attachments", {
                params: { path: id, header: { "Idempotency-Key": key } },
                body: { name: file.name, media_type: mediaType as MediaType, size: file.size },
              }),
            );
            return { ...upload, attachmentId: attachment.attachment_id };
          }}
          confirm={async ({ attachmentId }) => {
            const now = await ask(
              api.POST("/conversations/{conversation_id}/attachments/{attachment_id}/confirm", {
                params: { path: { ...id, attachment_id: attachmentId } },
              }),
            );
            if (now.status === "added") return null;
            return now.explanation ? worded(now.explanation) : t(`files.status.${now.status}`);
          }}
          onKept={() => void again()}
        />
      )}
    </Section>
  );
}

function File({ of: file, conversation }: { of: Attachment; conversation: Conversation }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const size = useSize();
  const cache = useQueryClient();
  const path = { conversation_id: conversation.conversation_id, attachment_id: file.attachment_id };
  const name = file.name ?? "";
  // A link to a file holds for five minutes: it is asked for when it is wanted.
  const open = useMutation({
    mutationFn: () => ask(api.GET("/conversations/{conversation_id}/attachments/{attachment_id}", { params: { path } })),
    onSuccess: ({ url }) => location.assign(url),
  });
  const takeBack = useMutation({
    mutationFn: () => ask(api.DELETE("/conversations/{conversation_id}/attachments/{attachment_id}", { params: { path } })),
    onSuccess: () => nowStands(cache, conversation),
  });
  return (
    <>
      <p className={classes.fileName}>{name}</p>
      <p className={classes.calm}>
        {size(file.size)} · {t(file.mine ? "files.mine" : "files.theirs", { day: day(file.added_at ?? file.offered_at) })}
      </p>
      <Refusal error={open.error ?? takeBack.error} />
      <div className={classes.buttons}>
        <Button variant="default" size="compact-md" loading={open.isPending} aria-label={t("files.open", { name })} onClick={() => open.mutate()}>
          {t("files.open_short")}
        </Button>
        {file.mine && (
          <Button variant="subtle" size="compact-md" loading={takeBack.isPending} aria-label={t("files.take_back", { name })} onClick={() => takeBack.mutate()}>
            {t("files.take_back_short")}
          </Button>
        )}
      </div>
    </>
  );
}

/** « 340 Ko », « 1,8 Mo » */
export function useSize() {
  const { t } = useTranslation("conversation");
  const { number } = useFormats();
  return (bytes: number) =>
    bytes < 1e6
      ? t("files.kilobytes", { number: number(Math.ceil(bytes / 1e3)) })
      : t("files.megabytes", { number: number(Math.round(bytes / 1e5) / 10) });
}
