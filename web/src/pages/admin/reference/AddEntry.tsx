import { Button, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import lists from "../Lists.module.css";
import { ParentChoice } from "./EntryForm";
import type { Entry } from "./taxonomy";

const NOTHING = { fr: "", en: "", parent: null as string | null };

/** A new entry of a list, by its names in both languages. */
export function AddEntry({ among, add }: { among: readonly Entry[]; add: (labels: Entry["labels"], parent: string | null) => void }) {
  const { t } = useTranslation("reference");
  const [typed, setTyped] = useState(NOTHING);
  const first = useRef<HTMLInputElement>(null);
  return (
    <details className={lists.further}>
      <summary>{t("taxonomy.add")}</summary>
      <form
        className={lists.form}
        onSubmit={(event) => {
          event.preventDefault();
          const labels = { fr: typed.fr.trim(), en: typed.en.trim() };
          if (!labels.fr || !labels.en) return;
          add(labels, typed.parent);
          setTyped(NOTHING);
          first.current?.focus();
        }}
      >
        {(["fr", "en"] as const).map((spoken) => (
          <TextInput
            key={spoken}
            ref={spoken === "fr" ? first : undefined}
            id={`add-${spoken}`}
            label={t(`taxonomy.name_${spoken}`)}
            value={typed[spoken]}
            onChange={(event) => setTyped({ ...typed, [spoken]: event.currentTarget.value })}
            maxLength={120}
            required
            withAsterisk={false}
          />
        ))}
        <ParentChoice id="add-parent" of={null} among={among} value={typed.parent} onChange={(parent) => setTyped({ ...typed, parent })} />
        <div>
          <Button type="submit" variant="default">
            {t("taxonomy.add")}
          </Button>
        </div>
      </form>
    </details>
  );
}
