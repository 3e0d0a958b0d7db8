import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { useFormats } from "@/i18n/format";
import classes from "./Projects.module.css";
import { DIMENSIONS, FILTERS, narrowing, widened, type Search } from "./search";

/** What the projects are chosen by, each to be taken away again. */
export function Chosen({ search, onChange }: { search: Search; onChange: (next: Search) => void }) {
  const { t } = useTranslation("projects");
  const { label } = useTaxonomy();
  const { day, euros } = useFormats();
  if (narrowing(search) === 0) return null;
  const all: { key: string; said: string; without: Partial<Search> }[] = FILTERS.flatMap((name) =>
    search[name].map((id) => ({
      key: `${name} ${id}`,
      said: label(DIMENSIONS[name], id),
      without: { [name]: search[name].filter((one) => one !== id) },
    })),
  );
  if (search.from) all.push({ key: "from", said: t("filters.from_day", { day: day(search.from) }), without: { from: "" } });
  if (search.until) all.push({ key: "until", said: t("filters.until_day", { day: day(search.until) }), without: { until: "" } });
  if (search.rate !== null) {
    const said = t("filters.rate_of", { rate: euros(search.rate), unit: t(`filters.units.${search.unit}`) });
    all.push({ key: "rate", said, without: { rate: null } });
  }
  return (
    <ul className={classes.chosen} aria-label={t("filters.now")}>
      {all
        .filter(({ said }) => said)
        .map(({ key, said, without }) => (
          <li key={key}>
            <UnstyledButton
              className={classes.one}
              aria-label={t("filters.remove", { what: said })}
              onClick={() => onChange({ ...search, ...without })}
            >
              {said} <span aria-hidden="true">×</span>
            </UnstyledButton>
          </li>
        ))}
      <li>
        <UnstyledButton className={classes.clear} onClick={() => onChange(widened(search))}>
          {t("filters.clear")}
        </UnstyledButton>
      </li>
    </ul>
  );
}
