import { Button, NativeSelect } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { isProblem } from "@/api/problem";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import lists from "../Lists.module.css";
import { AddEntry } from "./AddEntry";
import { EntryForm } from "./EntryForm";
import { added, changed, dropped, entriesOf, standing, type Document, type Entry } from "./taxonomy";

interface Props {
  document: Document;
  inForce: Document;
  /** Without it, the list is only read. */
  edit?: (next: Document) => void;
  error?: unknown;
}

/** The entries of one list at a time, to be read or changed where they stand. */
export function DimensionList({ document, inForce, edit, error }: Props) {
  const { t } = useTranslation("reference");
  const bilingual = useBilingual();
  const [parameters, setParameters] = useSearchParams();
  const [open, setOpen] = useState<string | null>(null);
  const names = Object.keys(document.dimensions);
  const asked = parameters.get("list") ?? "";
  const dimension = names.includes(asked) ? asked : (names[0] ?? "");
  const list = document.dimensions[dimension];
  if (!list) return null;
  const entries = entriesOf(document, dimension);
  return (
    <Section>
      <div className={lists.filters}>
        <NativeSelect
          id="dimension"
          label={t("taxonomy.dimension")}
          value={dimension}
          onChange={(event) => {
            setOpen(null);
            const next = new URLSearchParams(parameters);
            next.set("list", event.currentTarget.value);
            setParameters(next, { replace: true });
          }}
          data={names.map((value) => ({ value, label: bilingual(document.dimensions[value]?.labels ?? { fr: "" }) }))}
        />
      </div>
      {(list.note || list.provenance) && (
        <details className={lists.further}>
          <summary>{t(list.note ? "taxonomy.note" : "taxonomy.provenance")}</summary>
          {list.note && <p>{list.note}</p>}
          {list.provenance && <p>{list.provenance}</p>}
        </details>
      )}
      <ul className={lists.rows} key={dimension}>
        {entries.map((one, index) => (
          <li key={one.id} className={lists.row}>
            <OneEntry
              one={one}
              among={entries}
              standing={standing(one, inForce, dimension)}
              open={open === one.id}
              setOpen={(now) => setOpen(now ? one.id : null)}
              edit={edit && ((next) => edit(changed(document, dimension, next)))}
              drop={edit && (() => edit(dropped(document, dimension, one.id)))}
              error={(field) => (isProblem(error) ? error.at(`/dimensions/${dimension}/items/${index}${field}`) : undefined)}
            />
          </li>
        ))}
      </ul>
      {edit && (
        <AddEntry
          key={dimension}
          among={entries}
          add={(labels, parent) => edit(added(document, dimension, labels, parent))}
        />
      )}
    </Section>
  );
}

interface EntryProps {
  one: Entry;
  among: readonly Entry[];
  standing: "fresh" | "changed" | "same";
  open: boolean;
  setOpen: (open: boolean) => void;
  edit?: (next: Entry) => void;
  drop?: () => void;
  error: (field: string) => string | undefined;
}

function OneEntry({ one, among, standing: stands, open, setOpen, edit, drop, error }: EntryProps) {
  const { t } = useTranslation("reference");
  const bilingual = useBilingual();
  const opener = useRef<HTMLButtonElement>(null);
  const name = bilingual(one.labels) || t("taxonomy.unnamed");
  const parent = among.find((other) => other.id === one.parent);
  const also = [...one.synonyms.fr, ...one.synonyms.en].filter(Boolean);
  const wrong = ["", "/labels/fr", "/labels/en", "/retired", "/parent", "/id"].map(error).find(Boolean);
  return (
    <>
      <div className={lists.head}>
        <p className={lists.name}>
          <span lang="fr">{one.labels.fr}</span> <span className={lists.calm} lang="en">{one.labels.en}</span>
        </p>
        {one.retired && <Tag tone="warning">{t("taxonomy.retired")}</Tag>}
        {stands === "fresh" && <Tag tone="good">{t("taxonomy.fresh")}</Tag>}
        {stands === "changed" && <Tag>{t("taxonomy.changed")}</Tag>}
      </div>
      {(parent || also.length > 0) && (
        <p className={lists.calm}>
          {[parent && t("taxonomy.kind_of", { parent: bilingual(parent.labels) }), also.length > 0 && t("taxonomy.also", { words: also.join(", ") })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {wrong && !open && <p role="alert">{wrong}</p>}
      {edit && open && (
        <EntryForm
          one={one}
          among={among}
          edit={edit}
          error={error}
          done={() => {
            setOpen(false);
            // The button comes back with the row that is closed.
            requestAnimationFrame(() => opener.current?.focus());
          }}
        />
      )}
      {edit && !open && (
        <div className={lists.acts}>
          <Button ref={opener} size="sm" variant="default" aria-label={t("taxonomy.edit", { name })} onClick={() => setOpen(true)}>
            {t("taxonomy.edit_short")}
          </Button>
          {stands === "fresh" ? (
            <Button size="sm" variant="subtle" aria-label={t("taxonomy.drop_of", { name })} onClick={drop}>
              {t("taxonomy.drop")}
            </Button>
          ) : (
            <Button
              size="sm"
              variant="subtle"
              aria-label={t(one.retired ? "taxonomy.restore_of" : "taxonomy.retire_of", { name })}
              onClick={() => edit({ ...one, retired: !one.retired })}
            >
              {t(one.retired ? "taxonomy.restore" : "taxonomy.retire")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
