import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import lists from "../Lists.module.css";
import { AsOf } from "./AsOf";
import { PARTS, withEntry, type EntryOf, type Grid, type Part } from "./grid";
import classes from "./GridParts.module.css";
import { NumberField } from "./NumberField";
import { Provenance } from "./Provenance";
import { useGridWords } from "./useGridWords";

interface Props {
  grid: Grid;
  /** Without it, the grid is only read. */
  edit?: (next: Grid) => void;
  error?: unknown;
  /** Another one whenever what was typed is given up. */
  round?: number;
}

/** One list of the grid at a time, each entry where it stands. */
export function GridParts({ grid, edit, error, round = 0 }: Props) {
  const { t } = useTranslation("reference");
  const { partOf } = useGridWords();
  const [part, setPart] = useState<Part>("ranges");
  return (
    <Section>
      <div className={lists.filters}>
        <NativeSelect
          id="grid-part"
          label={t("rates.part")}
          value={part}
          onChange={(event) => setPart(event.currentTarget.value as Part)}
          data={PARTS.map((value) => ({ value, label: partOf(value) }))}
        />
        <AsOf grid={grid} edit={edit} error={error} />
      </div>
      <ul className={lists.rows} key={`${part}-${round}`}>
        {grid[part].map((_, index) => (
          <li key={index} className={lists.row}>
            <GridEntry part={part} index={index} grid={grid} edit={edit} error={error} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function GridEntry({ part, index, grid, edit, error }: Props & { part: Part; index: number }) {
  const { t } = useTranslation("reference");
  const { nameOf } = useGridWords();
  const entry = grid[part][index];
  if (!entry) return null;
  const name = nameOf(part, entry);
  const id = `${part}-${index}`;
  const wrong = (field: string) => (isProblem(error) ? error.at(`/grid/${part}/${index}${field}`) : undefined);
  const change = (fields: Partial<EntryOf<Part>>) => edit?.(withEntry(grid, part, index, { ...entry, ...fields } as EntryOf<Part>));
  return (
    <>
      <div className={lists.head}>
        <p className={lists.name} id={id}>
          {name}
        </p>
        {"outdated" in entry && entry.outdated && <Tag tone="warning">{t("rates.outdated")}</Tag>}
      </div>
      {wrong("") && <p role="alert">{wrong("")}</p>}
      <div className={classes.amounts} role="group" aria-labelledby={id}>
        {"low" in entry && (
          <>
            <NumberField label={t("rates.low")} value={entry.low} onChange={(low) => change({ low })} error={wrong("/low")} readOnly={!edit} />
            <NumberField optional label={t("rates.median")} value={entry.median} onChange={(median) => change({ median })} error={wrong("/median")} readOnly={!edit} />
            <NumberField label={t("rates.high")} value={entry.high} onChange={(high) => change({ high })} error={wrong("/high")} readOnly={!edit} />
          </>
        )}
        {"value" in entry && (
          <NumberField label={t("rates.value")} value={entry.value} onChange={(value) => change({ value })} error={wrong("/value")} readOnly={!edit} />
        )}
        {"amounts" in entry &&
          entry.amounts.map(({ basis, cents }, at) => (
            <NumberField
              key={basis}
              label={t("rates.amount", { basis: t(`rates.basis.${basis}`) })}
              value={cents / 100}
              onChange={(value) =>
                change({ amounts: entry.amounts.map((one, other) => (other === at ? { basis, cents: Math.round(value * 100) } : one)) })
              }
              error={wrong(`/amounts/${at}/cents`)}
              readOnly={!edit}
            />
          ))}
      </div>
      <Provenance id={id} name={name} entry={entry} change={edit && change} wrong={wrong} />
    </>
  );
}
