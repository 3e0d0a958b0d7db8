import { Button, Checkbox, Radio } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { failureOf, Loaded } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { useBilingual } from "@/i18n/format";
import { useSession } from "@/session/session";
import classes from "./Emails.module.css";
import { all, kindsOf, preferencesQuery, type Choices, type Kind, type Preferences } from "./preferences";
import { PreferencesConflict } from "./PreferencesConflict";

/** Which e-mails come, when, and in which language. */
export function Emails() {
  const { t } = useTranslation("mails");
  const query = useQuery(preferencesQuery);
  return (
    <Section title={t("title")} hint={t("hint")} id="emails">
      <Loaded query={query}>{({ value, version }) => <Grid saved={value} version={version} />}</Loaded>
    </Section>
  );
}

function Grid({ saved, version }: { saved: Preferences; version: string }) {
  const { t } = useTranslation("mails");
  const bilingual = useBilingual();
  const { role } = useSession();
  const cache = useQueryClient();
  const kinds = kindsOf(role);
  const draft = useDraft<Choices | null>("emails", null);
  const chosen: Choices = draft.value ?? { kinds: saved.kinds, language: saved.language };
  const save = useMutation({
    mutationFn: (sent: Choices) =>
      askVersion(api.PUT("/me/preferences", { params: { header: { "If-Match": version } }, body: sent })),
    onSuccess: (now, sent) => {
      cache.setQueryData(preferencesQuery.queryKey, now);
      draft.sent(sent);
    },
    // What somebody saved meanwhile is to be seen beside what was chosen here.
    onError: () => cache.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  });
  const overtaken = save.isError && failureOf(save.error) === "conflict";
  const set = (next: Choices) => {
    if (!save.isPending) save.reset();
    draft.set(next);
  };
  const take = () => {
    save.reset();
    draft.clear();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(chosen);
      }}
    >
      {saved.address.suppressed && (
        <Notice tone="warning" title={t("suppressed")}>
          {saved.address.message && <p>{bilingual(saved.address.message)}</p>}
        </Notice>
      )}
      {kinds.length === 0 && <p>{t("none")}</p>}
      <div className={classes.kinds}>
        {kinds.map((kind) => (
          <OneKind
            key={kind}
            kind={kind}
            label={bilingual(saved.labels[kind])}
            chosen={chosen}
            onChange={set}
          />
        ))}
      </div>
      {kinds.length > 0 && (
        <div className={classes.all} role="group" aria-label={t("all")}>
          <Button variant="default" size="sm" onClick={() => set(all(chosen, kinds, { email: true, digest: true }))}>
            {t("all_everything")}
          </Button>
          <Button variant="default" size="sm" onClick={() => set(all(chosen, kinds, { email: false, digest: true }))}>
            {t("all_digest")}
          </Button>
          <Button variant="default" size="sm" onClick={() => set(all(chosen, kinds, { email: false, digest: false }))}>
            {t("all_nothing")}
          </Button>
        </div>
      )}
      <p className={classes.always}>{t("always")}</p>
      <Radio.Group
        label={t("language")}
        description={t("language_hint")}
        value={chosen.language ?? ""}
        onChange={(language) => set({ ...chosen, language: language as "fr" | "en" })}
        name="email-language"
      >
        <div className={classes.languages}>
          <Radio value="fr" label={t("french")} />
          <Radio value="en" label={t("english")} />
        </div>
      </Radio.Group>
      {overtaken ? (
        <PreferencesConflict mine={chosen} theirs={saved} kinds={kinds} keep={() => save.mutate(chosen)} take={take} />
      ) : (
        <Refusal error={save.error} />
      )}
      {save.isSuccess && !draft.kept && <Notice tone="good" live title={t("saved")} />}
      {!overtaken && (
        <div className={classes.foot}>
          <Button type="submit" loading={save.isPending}>
            {t("save")}
          </Button>
          {draft.kept && (
            <>
              <Button variant="subtle" onClick={take}>
                {t("undo")}
              </Button>
              <span className={classes.unsaved} role="status">
                {t("unsaved")}
              </span>
            </>
          )}
        </div>
      )}
    </form>
  );
}

interface KindProps {
  kind: Kind;
  label: string;
  chosen: Choices;
  onChange: (next: Choices) => void;
}

function OneKind({ kind, label, chosen, onChange }: KindProps) {
  const { t } = useTranslation("mails");
  return (
    <div role="group" aria-labelledby={`kind-${kind}`} className={classes.kind}>
      <span id={`kind-${kind}`}>{label}</span>
      {(["email", "digest"] as const).map((channel) => (
        <Checkbox
          key={channel}
          id={`${kind}-${channel}`}
          className={classes.channel}
          label={t(channel === "email" ? "at_once" : "digest")}
          checked={chosen.kinds[kind][channel]}
          onChange={(event) => {
            const channels = { ...chosen.kinds[kind], [channel]: event.currentTarget.checked };
            onChange(all(chosen, [kind], channels));
          }}
        />
      ))}
    </div>
  );
}
