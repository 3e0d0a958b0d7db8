import { Button, Textarea, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import lists from "../Lists.module.css";
import { Paged } from "../Paged";
import { LetIn } from "./LetIn";
import { suppressionsQuery, type Suppression } from "./operations";

/** The addresses that get no e-mail: let one in again, or keep one from them. */
export function Suppressions() {
  const { t } = useTranslation("operations");
  const query = useInfiniteQuery(suppressionsQuery);
  const cache = useQueryClient();
  const [sure, setSure] = useState<string | null>(null);
  const heading = useRef<HTMLDivElement>(null);
  const again = () => cache.invalidateQueries({ queryKey: suppressionsQuery.queryKey });
  const lift = useMutation({
    mutationFn: ({ suppression_id, version }: Suppression) =>
      ask(
        api.DELETE("/admin/suppressions/{suppression_id}", {
          params: { path: { suppression_id }, header: { "If-Match": `"${version}"` } },
        }),
      ),
    onSuccess: async () => {
      setSure(null);
      await again();
      heading.current?.focus();
    },
  });
  return (
    <Section title={t("suppressions.title")} hint={t("suppressions.hint")} id="suppressions">
      <div ref={heading} tabIndex={-1}>
        {lift.isSuccess && <Notice tone="good" live title={t("suppressions.lifted")} />}
      </div>
      <Refusal
        error={lift.error}
        reload={() => {
          lift.reset();
          setSure(null);
          void again();
        }}
      />
      <Paged query={query} items={(page) => page.suppressions} empty={<Empty title={t("suppressions.empty")} />}>
        {(all) => (
          <ul className={lists.rows}>
            {all.map((one) => (
              <li key={one.suppression_id} className={lists.row}>
                <OneSuppression
                  one={one}
                  sure={sure === one.suppression_id}
                  pending={lift.isPending}
                  ask={(asked) => {
                    lift.reset();
                    setSure(asked ? one.suppression_id : null);
                  }}
                  lift={() => lift.mutate(one)}
                />
              </li>
            ))}
          </ul>
        )}
      </Paged>
      <LetIn />
      <Add />
    </Section>
  );
}

interface OneProps {
  one: Suppression;
  sure: boolean;
  pending: boolean;
  ask: (asked: boolean) => void;
  lift: () => void;
}

function OneSuppression({ one, sure, pending, ask, lift }: OneProps) {
  const { t } = useTranslation("operations");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const { sub } = useSession();
  return (
    <>
      <p className={lists.name}>{t(`suppressions.reasons.${one.reason}`)}</p>
      {one.note && <p>{one.note}</p>}
      <p className={lists.calm}>
        {t("suppressions.since", { when: moment(one.since) })}
        {one.added_by !== null && one.added_by === sub && `, ${t("suppressions.mine")}`}
      </p>
      {sure && <p role="status">{t("suppressions.lift_sure")}</p>}
      <div className={lists.acts}>
        {sure ? (
          <>
            <Button size="sm" loading={pending} onClick={lift} autoFocus>
              {t("suppressions.lift_yes")}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => ask(false)}>
              {common("cancel")}
            </Button>
          </>
        ) : (
          <Button size="sm" variant="default" onClick={() => ask(true)}>
            {t("suppressions.lift")}
          </Button>
        )}
      </div>
    </>
  );
}

function Add() {
  const { t } = useTranslation("operations");
  const cache = useQueryClient();
  const once = useOnce();
  const draft = useDraft("suppression", { address: "", note: "" });
  const add = useMutation({
    mutationFn: (body: Shape<"SuppressionInput">) =>
      ask(api.POST("/admin/suppressions", { params: { header: { "Idempotency-Key": once.keyFor(body) } }, body })),
    onSuccess: () => {
      once.done();
      draft.clear();
      return cache.invalidateQueries({ queryKey: suppressionsQuery.queryKey });
    },
  });
  const wrong = (pointer: string) => (isProblem(add.error) ? add.error.at(pointer) : undefined);
  return (
    <details className={lists.further} open={draft.kept || undefined}>
      <summary>{t("suppressions.add")}</summary>
      <form
        className={lists.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ address: draft.value.address.trim(), note: draft.value.note.trim() });
        }}
      >
        <TextInput
          id="suppression-address"
          type="email"
          label={t("suppressions.address")}
          value={draft.value.address}
          onChange={(event) => draft.set({ ...draft.value, address: event.currentTarget.value })}
          error={wrong("/address")}
          autoComplete="off"
          maxLength={320}
          required
          withAsterisk={false}
        />
        <Textarea
          id="suppression-note"
          label={t("suppressions.note")}
          description={t("suppressions.note_hint")}
          value={draft.value.note}
          onChange={(event) => draft.set({ ...draft.value, note: event.currentTarget.value })}
          error={wrong("/note")}
          maxLength={300}
          rows={2}
          required
          withAsterisk={false}
        />
        <Refusal error={add.error} fields={["/address", "/note"]} />
        <div>
          <Button type="submit" variant="default" loading={add.isPending}>
            {t("suppressions.send")}
          </Button>
        </div>
        {add.isSuccess && <Notice tone="good" live title={t("suppressions.added")} />}
      </form>
    </details>
  );
}
