import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useOnce } from "@/api/once";
import { Refusal } from "@/design/Notice";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import classes from "../admin.module.css";
import { identityRequestQuery, referenceIn } from "./moderation";

const NOTHING = { project: "", authority: "", basis: "", reference: "" };

/** Asks for an authority who is behind a project: one that is given, or one whose address is typed. */
export function AskIdentity({ briefId }: { briefId?: string }) {
  const { t } = useTranslation("adminModeration");
  const draft = useDraft(`identity/${briefId ?? "any"}`, NOTHING);
  const once = useOnce();
  const complete = useComplete();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [unknown, setUnknown] = useState(false);
  const send = useMutation({
    mutationFn: ({ project, ...body }: typeof NOTHING) =>
      ask(
        api.POST("/admin/briefs/{brief_id}/identity", {
          params: { path: { brief_id: project }, header: { "Idempotency-Key": once.keyFor([project, body]) } },
          body,
        }),
      ),
    onSuccess: async (now) => {
      once.done();
      draft.clear();
      cache.setQueryData(identityRequestQuery(now.request_id).queryKey, now);
      void cache.invalidateQueries({ queryKey: ["admin", "identity-requests", "list"] });
      await navigate(`/admin/identity-requests/${now.request_id}`);
    },
  });
  const at = (name: keyof typeof NOTHING) =>
    complete.at(`identity-${name}`, draft.value[name]) ?? (isProblem(send.error) ? send.error.at(`/${name}`) : undefined);
  const field = (name: keyof typeof NOTHING, most: number) => ({
    id: `identity-${name}`,
    label: t(`identity.ask.${name}`),
    description: t(`identity.ask.${name}_hint`),
    value: draft.value[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      draft.set((now) => ({ ...now, [name]: value }));
    },
    maxLength: most,
    required: true,
    withAsterisk: false,
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete.check(event.currentTarget)) return;
        const project = briefId ?? referenceIn(draft.value.project);
        setUnknown(project === null);
        if (project === null) document.getElementById("identity-project")?.focus();
        else send.mutate({ ...draft.value, project });
      }}
    >
      {!briefId && <TextInput {...field("project", 400)} error={at("project") ?? (unknown ? t("identity.ask.no_project") : undefined)} />}
      <TextInput {...field("authority", 200)} error={at("authority")} />
      <TextInput {...field("basis", 400)} error={at("basis")} />
      <TextInput {...field("reference", 200)} error={at("reference")} />
      <p className={classes.soft}>{t("identity.ask.follows")}</p>
      <Refusal error={send.error} fields={["/authority", "/basis", "/reference"]} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending}>
          {t("identity.ask.send")}
        </Button>
      </div>
    </form>
  );
}
