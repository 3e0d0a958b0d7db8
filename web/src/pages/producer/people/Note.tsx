import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Remarks } from "./remarks";
import classes from "./People.module.css";

/** What one wants to remember of somebody. `named`: the person is not named around it. */
export function Note({ profileId, name, remarks, named = false }: {
  profileId: string;
  name: string;
  remarks: Remarks;
  named?: boolean;
}) {
  const { t } = useTranslation("people");
  const { note } = remarks.of(profileId);
  return (
    <div className={classes.note}>
      <div data-screen-only>
        <Textarea
          id={`note-${profileId}`}
          label={named ? t("note.of", { name }) : t("note.label")}
          aria-label={t("note.of", { name })}
          description={named ? undefined : t("note.hint")}
          rows={3}
          maxLength={4000}
          value={note}
          onChange={(event) => remarks.keep(profileId, { note: event.currentTarget.value })}
        />
        <p className={classes.small} role="status">
          {note && t("note.kept")}
        </p>
      </div>
      <p className={classes.printed}>{note}</p>
    </div>
  );
}
