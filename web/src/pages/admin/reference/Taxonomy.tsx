import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { failureOf, Loaded } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import lists from "../Lists.module.css";
import { Changes } from "./Changes";
import { Conflict } from "./Conflict";
import { DimensionList } from "./DimensionList";
import { History } from "./History";
import { Publish } from "./Publish";
import { apart, entriesOf, taxonomyVersionsQuery, tidied, type Document, type Entry } from "./taxonomy";
import { TaxonomyEffect } from "./TaxonomyEffect";
import { Undo } from "./Undo";

type Versions = Shape<"TaxonomyVersionsShape">;

/** The words of the trade: the draft of the next version, what it does, the versions before. */
export default function Taxonomy() {
  const { t } = useTranslation("reference");
  const [parameters] = useSearchParams();
  const number = Number(parameters.get("number")) || undefined;
  const query = useQuery(taxonomyVersionsQuery(number));
  const [published, setPublished] = useState<number | null>(null);
  return (
    <Page title={t("taxonomy.title")} lead={t("taxonomy.lead")} back={{ to: "/admin/reference", label: t("back") }}>
      {published !== null && <Notice tone="good" live title={t("shared.published_now", { number: published })} />}
      <Loaded query={query}>
        {({ value, version }) =>
          number === undefined || number === value.in_force ? (
            <Current versions={value} version={version} onPublished={setPublished} />
          ) : (
            <Earlier versions={value} version={version} onPublished={setPublished} />
          )
        }
      </Loaded>
    </Page>
  );
}

interface Props {
  versions: Versions;
  version: string;
  onPublished: (number: number) => void;
}

function usePublishing(version: string, onPublished: (number: number) => void) {
  const cache = useQueryClient();
  const reload = async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: ["admin", "taxonomy"] }),
      cache.invalidateQueries({ queryKey: ["taxonomy"] }),
    ]);
  };
  const send = async (reason: string, again: number | null) => {
    const now = await ask(
      api.POST("/admin/taxonomy/publish", { params: { header: { "If-Match": version } }, body: { reason, again } }),
    );
    await reload();
    onPublished(now.in_force);
  };
  return { send, reload };
}

function Earlier({ versions, version, onPublished }: Props) {
  const { t } = useTranslation("reference");
  const navigate = useNavigate();
  const { number } = versions.shown;
  const { send, reload } = usePublishing(version, onPublished);
  return (
    <>
      <Notice title={t("shared.earlier", { number })}>
        <Link to="/admin/taxonomy">{t("shared.earlier_back")}</Link>
      </Notice>
      <DimensionList document={versions.taxonomy} inForce={versions.taxonomy} />
      <Publish
        name={`taxonomy/${number}`}
        title={t("taxonomy.return")}
        what={t("taxonomy.return_what")}
        most={500}
        notYet={null}
        send={async (reason) => {
          await send(reason, number);
          await navigate("/admin/taxonomy");
        }}
        reload={() => void reload()}
      />
      <History versions={versions.history} inForce={versions.in_force} shown={number} to="/admin/taxonomy" />
    </>
  );
}

function Current({ versions, version, onPublished }: Props) {
  const { t } = useTranslation("reference");
  const { moment } = useFormats();
  const { sub } = useSession();
  const cache = useQueryClient();
  const { send, reload } = usePublishing(version, onPublished);
  // What is changed here belongs to the version it began with: a save that would go over somebody else's is refused.
  const draft = useDraft<{ base: string; document: Document } | null>("taxonomy", null);
  const saved = versions.draft?.taxonomy ?? versions.taxonomy;
  const document = draft.value?.document ?? saved;
  const save = useMutation({
    mutationFn: (base: string) =>
      askVersion(api.PUT("/admin/taxonomy", { params: { header: { "If-Match": base } }, body: tidied(document) })),
    onSuccess: (now) => {
      cache.setQueryData(taxonomyVersionsQuery(undefined).queryKey, now);
      draft.clear();
    },
    onError: (error) => {
      if (failureOf(error) === "conflict") return cache.invalidateQueries({ queryKey: taxonomyVersionsQuery(undefined).queryKey });
    },
  });
  const overtaken = save.isError && failureOf(save.error) === "conflict";
  const unsaved = draft.value !== null;
  const edit = (next: Document) => {
    save.reset();
    draft.set((before) => ({ base: before?.base ?? version, document: next }));
  };
  const undo = () => {
    save.reset();
    draft.clear();
  };
  return (
    <>
      <p className={lists.calm}>
        {t("shared.in_force", { number: versions.in_force })}
        {" · "}
        {versions.draft === null
          ? t("taxonomy.draft_none")
          : t(versions.draft.saved_by === sub ? "taxonomy.draft_by_me" : "taxonomy.draft_by", { when: moment(versions.draft.saved_at) })}
      </p>
      {versions.draft && versions.draft.made_from !== versions.in_force && <Notice tone="warning" title={t("taxonomy.draft_stale")} />}
      <DimensionList document={document} inForce={versions.taxonomy} edit={edit} error={save.error} />
      {overtaken ? (
        <Overtaken mine={tidied(document)} theirs={saved} keep={() => save.mutate(version)} take={undo} />
      ) : (
        <Refusal error={save.error} />
      )}
      {save.isSuccess && !unsaved && <Notice tone="good" live title={t("taxonomy.saved")} />}
      {unsaved && !overtaken && (
        <Notice
          title={t("shared.unsaved")}
          actions={
            <>
              <Button id="save-draft" loading={save.isPending} onClick={() => save.mutate(draft.value?.base ?? version)}>
                {t("taxonomy.save")}
              </Button>
              <Undo undo={undo} />
            </>
          }
        />
      )}
      {versions.draft && (
        <>
          <Section title={t("taxonomy.changes")}>
            <Changes changes={versions.draft.changes} before={versions.taxonomy} after={versions.draft.taxonomy} />
          </Section>
          <TaxonomyEffect key={version} unsaved={unsaved} />
          <Publish
            name="taxonomy"
            title={t("taxonomy.publish")}
            what={t("taxonomy.publish_what")}
            most={500}
            notYet={unsaved ? t("taxonomy.publish_unsaved") : null}
            send={(reason) => send(reason, null)}
            reload={() => void reload()}
          />
        </>
      )}
      <History versions={versions.history} inForce={versions.in_force} shown={versions.in_force} to="/admin/taxonomy" />
    </>
  );
}

function Overtaken({ mine, theirs, keep, take }: { mine: Document; theirs: Document; keep: () => void; take: () => void }) {
  const { t } = useTranslation("reference");
  const bilingual = useBilingual();
  const said = (one: Entry | null) =>
    one === null
      ? t("shared.absent")
      : [`${one.labels.fr} / ${one.labels.en}`, one.retired && t("taxonomy.retired"), ...one.synonyms.fr, ...one.synonyms.en]
          .filter(Boolean)
          .join(", ");
  const named = (dimension: string, id: string) => {
    const list = theirs.dimensions[dimension] ?? mine.dimensions[dimension];
    const entry = [...entriesOf(theirs, dimension), ...entriesOf(mine, dimension)].find((one) => one.id === id);
    return [list && bilingual(list.labels), entry && bilingual(entry.labels)].filter(Boolean).join(" · ");
  };
  return (
    <Conflict
      apart={apart(mine, theirs).map(({ dimension, id, here, there }) => ({
        name: named(dimension, id),
        here: said(here),
        there: said(there),
      }))}
      keep={keep}
      take={take}
    />
  );
}
