import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { language } from "@/i18n";
import { Conflict } from "./Conflict";
import { asInput, CHECKED, heldQuery, differing, LISTS, typed, wrongLines, type Checked, type Company, type Field, type List, type Typed } from "./company";
import { sirenState } from "@/design/siren";
import classes from "./company.module.css";

interface Draft {
  form: Typed;
  /** Of the company that it was begun with, to give back as `If-Match`; null for one that does not exist yet. */
  version: string | null;
}

/** What is asked of a company, each with why. `current` is null for somebody who has none yet. */
export function CompanyForm({ current, onSaved, onTyped }: {
  current: { value: Company; version: string } | null;
  onTyped?: () => void;
  onSaved: (company: Company) => void;
}) {
  const { t } = useTranslation("company");
  const cache = useQueryClient();
  const start: Draft = { form: typed(current?.value ?? null), version: current?.version ?? null };
  const draft = useDraft<Draft>("company", start);
  const [tried, setTried] = useState(false);
  const { form, version } = draft.value;
  const put = (field: Field) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    onTyped?.();
    draft.set((before) => ({ ...before, form: { ...before.form, [field]: value } }));
  };
  const save = useMutation({
    mutationFn: (sent: Typed) =>
      askVersion(
        api.PUT("/companies/mine", {
          // Only the first time is a language said: later ones leave it as it is.
          body: { ...asInput(sent), contact_language: version === null ? language() : null },
          params: { header: version === null ? {} : { "If-Match": version } },
        }),
      ),
    onSuccess: (saved, sent) => {
      draft.sent((now) => (differing(now.form, sent).length > 0 ? { form: now.form, version: saved.version } : null));
      cache.setQueryData(heldQuery.queryKey, saved);
      void cache.invalidateQueries({ queryKey: ["verification"] });
      onSaved(saved.value);
    },
    onError: (error) => {
      if (isProblem(error) && [409, 412].includes(error.status)) void cache.invalidateQueries({ queryKey: heldQuery.queryKey });
    },
  });
  const errors = isProblem(save.error) ? save.error.errors : [];
  const at = (field: Field) => errors.find((one) => one.pointer === `/${field}`)?.message;
  // What keeps it from being sent, said once that was tried.
  const lacking = (field: Checked) => (tried && !form[field].trim() ? t("lacking") : undefined);
  const raced = current !== null && version !== current.version && differing(form, typed(current.value)).length > 0;
  const anew = current?.value.status === "verified" && CHECKED.some((field) => differing(form, start.form).includes(field));
  const siren = sirenState(form.siren);
  const list = (field: List) => {
    const wrong = wrongLines(field, form, errors);
    return (
      <Textarea
        id={field}
        label={t(`field.${field}`)}
        description={t(`why.${field}`)}
        value={form[field]}
        onChange={put(field)}
        error={wrong.length > 0 ? wrong.map(({ line, message }) => t("line_wrong", { line, message })).join(" ") : at(field)}
        autosize
        minRows={2}
        maxRows={10}
      />
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const empty = CHECKED.find((field) => !form[field].trim());
        setTried(true);
        const first = empty ?? (siren === "right" ? undefined : "siren");
        if (first) document.getElementById(first)?.focus();
        else save.mutate(form);
      }}
    >
      {raced && (
        <Conflict
          mine={form}
          theirs={typed(current.value)}
          onMine={() => draft.set((before) => ({ ...before, version: current.version }))}
          onTheirs={() => {
            draft.set(start);
            draft.clear();
            save.reset();
          }}
        />
      )}
      <Section title={t("identity.title")} hint={t("identity.hint")}>
        <div className={classes.fields}>
          <TextInput
            id="legal_name"
            label={t("field.legal_name")}
            description={t("why.legal_name")}
            value={form.legal_name}
            onChange={put("legal_name")}
            error={at("legal_name") ?? lacking("legal_name")}
            autoComplete="organization"
            required
            withAsterisk={false}
          />
          <TextInput
            id="siren"
            label={t("field.siren")}
            description={t("why.siren")}
            value={form.siren}
            onChange={put("siren")}
            error={at("siren") ?? lacking("siren") ?? (siren === "wrong" || (tried && siren === "unfinished") ? t("siren_wrong") : undefined)}
            rightSection={siren === "right" ? <span className={classes.right} role="img" aria-label={t("siren_right")}>✓</span> : undefined}
            inputMode="numeric"
            autoComplete="off"
            required
            withAsterisk={false}
          />
          <TextInput
            id="email_domain"
            label={t("field.email_domain")}
            description={t("why.email_domain")}
            value={form.email_domain}
            onChange={put("email_domain")}
            error={at("email_domain") ?? lacking("email_domain")}
            autoComplete="off"
            required
            withAsterisk={false}
          />
          <Textarea
            id="mandate"
            label={t("field.mandate")}
            description={t("why.mandate")}
            value={form.mandate}
            onChange={put("mandate")}
            error={at("mandate") ?? lacking("mandate")}
            maxLength={1000}
            autosize
            minRows={2}
            required
            withAsterisk={false}
          />
        </div>
        {anew && (
          <Notice tone="warning" live>
            <p>{t("checked_anew")}</p>
          </Notice>
        )}
      </Section>
      <Section title={t("known.title")} hint={t("known.hint")}>
        <div className={classes.pairs}>
          {list("other_names")}
          {list("acronyms")}
          {list("people")}
          {list("addresses")}
          <TextInput
            id="website"
            type="url"
            label={t("field.website")}
            description={t("why.website")}
            value={form.website}
            onChange={put("website")}
            error={at("website")}
            autoComplete="url"
          />
          {list("domains")}
          {list("handles")}
        </div>
      </Section>
      {!raced && <Refusal error={save.error} fields={errors.map(({ pointer }) => pointer).filter(isBeside)} />}
      <div className={classes.bar}>
        <Button type="submit" loading={save.isPending} disabled={raced}>
          {t(current ? "save" : "introduce")}
        </Button>
        {draft.kept && <span className={classes.soft}>{t("kept")}</span>}
      </div>
    </form>
  );
}

/** Whether the form says it beside its field. */
const isBeside = (pointer: string) =>
  [...CHECKED, ...LISTS, "website"].some((field) => pointer === `/${field}` || new RegExp(`^/${field}/\\d+$`).test(pointer));
