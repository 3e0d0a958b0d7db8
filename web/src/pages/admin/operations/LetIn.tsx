import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import lists from "../Lists.module.css";
import { suppressionIdOf, suppressionsQuery } from "./operations";

/** Lets one address get e-mails again: typed by whoever was written to from it, for the list shows none. */
export function LetIn() {
  const { t } = useTranslation("operations");
  const cache = useQueryClient();
  const [address, setAddress] = useState("");
  const letIn = useMutation({
    mutationFn: async (typed: string) =>
      ask(api.DELETE("/admin/suppressions/{suppression_id}", { params: { path: { suppression_id: await suppressionIdOf(typed) } } })),
    onSuccess: () => {
      setAddress("");
      return cache.invalidateQueries({ queryKey: suppressionsQuery.queryKey });
    },
  });
  const unknown = isProblem(letIn.error) && letIn.error.status === 404;
  return (
    <details className={lists.further}>
      <summary>{t("suppressions.let_in")}</summary>
      <form
        className={lists.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim()) letIn.mutate(address);
          else document.getElementById("let-in-address")?.focus();
        }}
      >
        <TextInput
          id="let-in-address"
          type="email"
          label={t("suppressions.address")}
          description={t("suppressions.let_in_hint")}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          error={unknown ? t("suppressions.not_there") : undefined}
          autoComplete="off"
          maxLength={320}
        />
        {!unknown && <Refusal error={letIn.error} />}
        <div>
          <Button type="submit" variant="default" loading={letIn.isPending}>
            {t("suppressions.lift")}
          </Button>
        </div>
        {letIn.isSuccess && <Notice tone="good" live title={t("suppressions.lifted")} />}
      </form>
    </details>
  );
}
