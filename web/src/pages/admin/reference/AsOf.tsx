import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { Grid } from "./grid";

/** The day on which the figures were gathered. */
export function AsOf({ grid, edit, error }: { grid: Grid; edit?: (next: Grid) => void; error?: unknown }) {
  const { t } = useTranslation("reference");
  return (
    <TextInput
      id="as-of"
      type="date"
      label={t("rates.as_of")}
      value={grid.as_of}
      onChange={(event) => edit?.({ ...grid, as_of: event.currentTarget.value })}
      error={isProblem(error) ? error.at("/grid/as_of") : undefined}
      readOnly={!edit}
    />
  );
}
