import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useTaxonomy } from "@/api/taxonomy";
import { Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { today } from "@/i18n/format";
import { useSession } from "@/session/session";
import { ManyOf, OneOf } from "@/design/Choices";
import { begun, inputOf, nameOf, type Fields, type Name, type Some } from "./fields";
import { mineQuery } from "@/pages/shared/mine";
import classes from "./Profile.module.css";

const MOST = { roles: 5, languages: 10, work_modes: 4 } as const;
/** What the form says beside its fields. */
const ASKED = ["display_name", "roles", "languages", "work_modes", "region", "bio_fr", "availability"] as const satisfies readonly Name[];

type Free = "now" | "from" | "";

interface Draft {
  fields: Fields;
  free: Free;
  from: string;
}

/** The first page of a profile: what verification asks for, and when one is free. Everything else comes later. */
export function Beginning({ onBegun }: { onBegun: () => void }) {
  const { t } = useTranslation("profile");
  const words = useTaxonomy();
  const cache = useQueryClient();
  const { name } = useSession();
  const draft = useDraft<Draft>("profile/new", { fields: begun(name ?? ""), free: "", from: "" });
  const { fields, free, from } = draft.value;
  const set = (changes: Some) => draft.set((before) => ({ ...before, fields: { ...before.fields, ...changes } }));
  const start = free === "now" ? today() : from;
  const create = useMutation({
    mutationFn: () =>
      askVersion(
        api.PUT("/profiles/mine", { body: inputOf({ ...fields, availability: free && start ? [{ from: start, until: null }] : [] }) }),
      ),
    onSuccess: (held) => {
      draft.clear();
      onBegun();
      cache.setQueryData(mineQuery.queryKey, held);
    },
  });
  const errors = isProblem(create.error) ? create.error.errors : [];
  const lacking = ([
    ["display_name", !fields.display_name.trim()],
    ["roles", fields.roles.length === 0],
    ["from", free === "from" && !from],
  ] as const).flatMap(([field, lacks]) => (lacks ? [field] : []));
  const [tried, setTried] = useState(false);
  const needed = (field: string) => {
    const lacks = tried && lacking.find((one) => one === field);
    return lacks ? t(`needed.${lacks}`) : undefined;
  };
  const at = (field: Name) => errors.find((one) => nameOf(one.pointer) === field)?.message ?? needed(field);
  const asked: readonly string[] = ASKED;
  return (
    <Page title={t("begin.title")} lead={t("begin.lead")} width="narrow">
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const [first] = lacking;
          if (first) document.getElementById(first)?.focus();
          else create.mutate();
        }}
      >
        <Section>
          <div className={classes.fields}>
            <TextInput
              id="display_name"
              label={t("field.display_name")}
              description={t("hint.display_name")}
              value={fields.display_name}
              onChange={(event) => set({ display_name: event.currentTarget.value })}
              error={at("display_name")}
              maxLength={120}
              autoComplete="name"
              required
              withAsterisk={false}
            />
            <ManyOf
              id="roles"
              label={t("field.roles")}
              hint={t("hint.roles")}
              choices={words.choices("roles")}
              value={fields.roles}
              onChange={(roles) => set({ roles })}
              most={MOST.roles}
              error={at("roles")}
            />
            <ManyOf
              id="languages"
              label={t("field.languages")}
              choices={words.choices("languages")}
              value={fields.languages}
              onChange={(languages) => set({ languages })}
              most={MOST.languages}
              error={at("languages")}
            />
            <ManyOf
              id="work_modes"
              label={t("field.work_modes")}
              choices={words.choices("work-modes")}
              value={fields.work_modes}
              onChange={(work_modes) => set({ work_modes })}
              most={MOST.work_modes}
              error={at("work_modes")}
            />
            <NativeSelect
              id="region"
              label={t("field.region")}
              value={fields.region ?? ""}
              onChange={(event) => set({ region: event.currentTarget.value || null })}
              data={[{ value: "", label: t("choose") }, ...words.choices("regions").map(({ value, label }) => ({ value, label }))]}
              error={at("region")}
            />
            <Textarea
              id="bio_fr"
              label={t("field.bio_fr")}
              description={t("hint.bio")}
              value={fields.bio_fr}
              onChange={(event) => set({ bio_fr: event.currentTarget.value })}
              error={at("bio_fr")}
              maxLength={4000}
              autosize
              minRows={3}
            />
            <OneOf
              id="free"
              label={t("begin.free")}
              hint={t("begin.free_hint")}
              error={at("availability")}
              choices={[
                { value: "now", label: t("free.now") },
                { value: "from", label: t("free.from_a_day") },
              ]}
              value={free || null}
              onChange={(value) => draft.set((before) => ({ ...before, free: value === "from" ? "from" : "now" }))}
            />
            {free === "from" && (
              <TextInput
                id="from"
                type="date"
                label={t("free.first_day")}
                min={today()}
                value={from}
                error={needed("from")}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  draft.set((before) => ({ ...before, from: value }));
                }}
              />
            )}
          </div>
        </Section>
        <Refusal error={create.error} fields={errors.map((one) => one.pointer).filter((one) => asked.includes(nameOf(one) ?? ""))} />
        <div className={classes.bar}>
          <Button type="submit" loading={create.isPending}>
            {t("begin.go")}
          </Button>
          <span className={classes.soft}>{t(draft.kept ? "kept" : "begin.next")}</span>
        </div>
      </form>
    </Page>
  );
}
