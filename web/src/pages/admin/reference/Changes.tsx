import { useTranslation } from "react-i18next";
import { useBilingual, useFormats } from "@/i18n/format";
import lists from "../Lists.module.css";
import { entriesOf, type Change, type Document } from "./taxonomy";

interface Props {
  changes: readonly Change[];
  before: Document;
  after: Document;
}

type Labels = { fr: string; en: string };
type Words = { fr?: readonly string[]; en?: readonly string[] };

/** What a version changes of the one before, entry by entry. */
export function Changes({ changes, before, after }: Props) {
  const { t } = useTranslation("reference");
  const bilingual = useBilingual();
  const { number } = useFormats();
  if (changes.length === 0) return <p className={lists.calm}>{t("taxonomy.changes_none")}</p>;
  const entry = (dimension: string, id: string) => {
    const found = [...entriesOf(after, dimension), ...entriesOf(before, dimension)].find((one) => one.id === id);
    return found ? bilingual(found.labels) : "";
  };
  const list = (dimension: string) => bilingual(after.dimensions[dimension]?.labels ?? { fr: "" });
  const said = ({ kind, dimension }: Change, value: unknown): string => {
    if (value === null || value === undefined) return t("taxonomy.nothing");
    if (kind === "renamed") return Object.values(value as Labels).join(" / ");
    if (kind === "moved") return entry(dimension, value as string);
    if (kind === "synonyms") {
      const { fr = [], en = [] } = value as Words;
      return [...fr, ...en].join(", ") || t("taxonomy.nothing");
    }
    const weights = Object.entries(value as Record<string, number>);
    return weights.map(([id, weight]) => `${entry(dimension, id)} ${number(weight)}`).join(", ") || t("taxonomy.nothing");
  };
  const detailed = ["renamed", "moved", "synonyms", "related"];
  return (
    <ul className={lists.rows}>
      {changes.map((one, index) => (
        <li key={index} className={lists.row}>
          <p className={lists.name}>{one.entry ? entry(one.dimension, one.entry) : list(one.dimension)}</p>
          <p className={lists.calm}>
            {one.entry && `${list(one.dimension)} · `}
            {t(`taxonomy.kinds.${one.kind}`)}
          </p>
          {detailed.includes(one.kind) && <p>{t("taxonomy.from_to", { before: said(one, one.before), after: said(one, one.after) })}</p>}
        </li>
      ))}
    </ul>
  );
}
