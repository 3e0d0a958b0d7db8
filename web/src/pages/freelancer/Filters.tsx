import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { ManyOf } from "@/design/Choices";
import type { MyProfile } from "@/pages/shared/mine";
import classes from "./Projects.module.css";
import { DIMENSIONS, FILTERS, inOrder, isDay, narrowing, rateOf, UNITS, type Dimension, type Search } from "./search";

/** From this width on there is room for the filters beside the list. */
const BESIDE = "(min-width: 62em)";
const MOST = 12;
/** So many of a long list of words are shown at first, where the reader's profile names none. */
const AT_FIRST = 6;

/** What the projects may be chosen by. The words of the reader's own profile come first. */
export function Filters({ search, onChange, own }: {
  search: Search;
  onChange: (next: Search) => void;
  own: MyProfile | null;
}) {
  const { t } = useTranslation("projects");
  const { choices } = useTaxonomy();
  const [open] = useState(() => matchMedia(BESIDE).matches);
  const count = narrowing(search);
  const first = (name: Dimension) => {
    const named = {
      role: own?.roles,
      genre: own?.specialities.genres,
      tone: own?.specialities.tones,
      universe: own?.specialities.universes,
      format: own?.specialities.formats,
      level: null,
      language: own?.languages,
      working_mode: own?.work_modes,
      region: own?.region ? [own.region] : null,
    }[name];
    return named?.length ? named : choices(DIMENSIONS[name]).slice(0, AT_FIRST).map((one) => one.value);
  };
  return (
    <details className={classes.filters} open={open}>
      <summary>{count ? t("filters.title_count", { count }) : t("filters.title")}</summary>
      <div className={classes.groups}>
        {FILTERS.map((name) => (
          <div key={name}>
            <ManyOf
              id={`filter-${name}`}
              label={t(`filters.${name}`)}
              choices={choices(DIMENSIONS[name])}
              value={search[name]}
              onChange={(ids) => onChange({ ...search, [name]: ids })}
              most={MOST}
              first={first(name)}
            />
          </div>
        ))}
        <div className={classes.group}>
          {(["from", "until"] as const).map((name) => (
            <Typed
              key={name}
              id={`filter-${name}`}
              type="date"
              label={t(`filters.${name}`)}
              value={search[name]}
              wrong={(text) => {
                if (text && !isDay(text)) return t("filters.not_a_day");
                const { from, until }: Search = { ...search, [name]: text };
                return inOrder(from, until) ? "" : t(`filters.not_in_order.${name}`);
              }}
              onDone={(text) => onChange({ ...search, [name]: text })}
            />
          ))}
        </div>
        <div className={classes.group}>
          <Typed
            id="filter-rate"
            inputMode="numeric"
            label={t("filters.rate")}
            hint={t("filters.rate_hint")}
            value={search.rate === null ? "" : String(search.rate)}
            wrong={(text) => (text.trim() && rateOf(text) === null ? t("filters.not_a_rate") : "")}
            onDone={(text) => onChange({ ...search, rate: rateOf(text) })}
          />
          <NativeSelect
            id="filter-unit"
            label={t("filters.unit")}
            value={search.unit}
            onChange={(event) => onChange({ ...search, unit: event.currentTarget.value as Search["unit"] })}
            data={UNITS.map((value) => ({ value, label: t(`filters.units.${value}`) }))}
          />
        </div>
      </div>
    </details>
  );
}

/** Something typed that counts once it is finished: with Enter, or on the way to something else. */
function Typed({ id, label, hint, value, wrong, onDone, ...kind }: {
  id: string;
  label: string;
  hint?: string;
  value: string;
  /** What is wrong with it; empty for nothing. */
  wrong: (text: string) => string;
  onDone: (text: string) => void;
  type?: "date";
  inputMode?: "numeric";
}) {
  const [text, setText] = useState(value);
  const [error, setError] = useState("");
  useEffect(() => {
    setText(value);
    setError("");
  }, [value]);
  const finish = () => {
    const found = wrong(text);
    setError(found);
    if (!found && text !== value) onDone(text);
  };
  // A day that was wrong beside the other one counts as soon as that has changed.
  const mended = kind.type === "date" && error !== "" && text !== "" && wrong(text) === "";
  useEffect(() => {
    if (!mended) return;
    setError("");
    onDone(text);
  }, [mended, text, onDone]);
  return (
    <TextInput
      {...kind}
      id={id}
      label={label}
      description={hint}
      value={text}
      error={error || undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
      }}
    />
  );
}
