import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice } from "@/design/Notice";
import classes from "../profile/Profile.module.css";
import { differing, type Field, type Typed } from "./credit";

const DIMENSIONS: Partial<Record<Field, string>> = {
  function: "roles",
  format: "formats",
  broadcaster: "broadcasters",
  genres: "genres",
  tones: "tones",
  universes: "universes",
  stakes: "stakes",
  tasks: "tasks",
  source_material: "source-material",
  language: "languages",
};

/** A credit was saved elsewhere meanwhile: what stands now beside what was typed, and which of both it shall be. */
export function Conflict({ mine, theirs, onMine, onTheirs }: { mine: Typed; theirs: Typed; onMine: () => void; onTheirs: () => void }) {
  const { t } = useTranslation("credits");
  const words = useTaxonomy();
  const inWords = (form: Typed, field: Field) => {
    const dimension = DIMENSIONS[field];
    const value = form[field];
    if (dimension) return words.labels(dimension, Array.isArray(value) ? value : [String(value)]).join(", ") || t("conflict.nothing");
    return value === null || value === "" ? t("conflict.nothing") : String(value);
  };
  return (
    <Notice
      tone="warning"
      live
      title={t("conflict.title")}
      actions={
        <>
          <Button onClick={onMine}>{t("conflict.mine")}</Button>
          <Button variant="default" onClick={onTheirs}>
            {t("conflict.theirs")}
          </Button>
        </>
      }
    >
      <p>{t("conflict.what")}</p>
      <dl className={classes.versions}>
        {differing(mine, theirs).map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>
              <span className={classes.soft}>{t("conflict.now")}</span> {inWords(theirs, field)}
            </dd>
            <dd>
              <span className={classes.soft}>{t("conflict.yours")}</span> {inWords(mine, field)}
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}
