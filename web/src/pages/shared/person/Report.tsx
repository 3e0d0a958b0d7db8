import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { Notice, Refusal } from "@/design/Notice";
import { Loaded } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./People.module.css";

type Reason = Shape<"ReportInput">["reason"];

/** What may be said of a project and of no person. */
const OF_PROJECTS = ["not_a_project"];

/** What is reported: somebody's profile, or a project. */
interface About {
  about: "profile" | "brief";
  id: string;
}

/** Asks administrators to look at a profile or a project. The reasons are asked for when it is opened. */
export function Report({ about, id }: About) {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => ask(api.GET("/reports", { signal })),
    enabled: open,
  });
  return (
    <details className={classes.fold} onToggle={(event) => setOpen(event.currentTarget.open)} data-screen-only>
      <summary>{t(`report.open.${about}`)}</summary>
      {open && (
        <Loaded query={query}>
          {({ reasons }) => (
            <ReportForm
              about={about}
              id={id}
              reasons={reasons.filter((one) => about === "brief" || !OF_PROJECTS.includes(one.id))}
            />
          )}
        </Loaded>
      )}
    </details>
  );
}

function ReportForm({ about, id, reasons }: About & { reasons: Shape<"ListedWord">[] }) {
  const { t } = useTranslation(["people", "common"]);
  const both = useBilingual();
  const { moment } = useFormats();
  const cache = useQueryClient();
  const once = useOnce();
  const draft = useDraft<{ reason: Reason | ""; text: string }>(`report/${id}`, { reason: "", text: "" });
  const [lacking, setLacking] = useState(false);
  const { reason, text } = draft.value;
  const send = useMutation({
    mutationFn: (written: { reason: Reason; text: string }) => {
      const body: Shape<"ReportInput"> = { about, id, conversation_id: null, reason: written.reason, text: written.text.trim() || null };
      return ask(api.POST("/reports", { params: { header: { "Idempotency-Key": once.keyFor(body) } }, body }));
    },
    onSuccess: (_, written) => {
      once.done();
      draft.sent(written);
      return cache.invalidateQueries({ queryKey: ["reports"] });
    },
  });
  if (send.data) {
    return (
      <Notice
        tone="good"
        live
        title={t("report.sent", { moment: moment(send.data.due_at) })}
        actions={<Link to="/reports">{t("report.follow")}</Link>}
      />
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setLacking(!reason);
        if (!reason) return;
        send.mutate({ reason, text });
      }}
    >
      <p className={classes.small}>{t(`report.what.${about}`)}</p>
      <Radio.Group
        name={`reason-${id}`}
        label={t("report.reason")}
        value={reason}
        onChange={(value) => draft.set((before) => ({ ...before, reason: value as Reason }))}
        error={lacking && !reason ? t("report.choose") : undefined}
      >
        <div className={classes.reasonList}>
          {reasons.map((one) => (
            <Radio key={one.id} value={one.id} label={both(one.label)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        id="report-text"
        label={`${t("report.text")} (${t("common:optional")})`}
        rows={4}
        maxLength={2000}
        value={text}
        onChange={(event) => {
          const words = event.currentTarget.value;
          draft.set((before) => ({ ...before, text: words }));
        }}
      />
      <Refusal error={send.error} />
      <div>
        <Button type="submit" variant="default" loading={send.isPending}>
          {t("report.send")}
        </Button>
      </div>
    </form>
  );
}
