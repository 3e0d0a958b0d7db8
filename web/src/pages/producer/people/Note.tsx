import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { useFormats } from "@/i18n/format";
import type { Remarks } from "./remarks";
import { useNote } from "./useNote";
import classes from "@/pages/shared/person/People.module.css";

const LONGEST = 2000;

/** What the company wants to remember of somebody. `named`: the person is not named around it. */
export function Note({ briefId, profileId, name, remarks, named = false }: {
  briefId: string;
  profileId: string;
  name: string;
  remarks: Remarks;
  named?: boolean;
}) {
  const { t } = useTranslation("people");
  const { moment } = useFormats();
  const note = useNote(briefId, profileId, remarks);
  const field = useRef<HTMLTextAreaElement>(null);
  const { noted_at: notedAt, noted_by_me: mine } = remarks.of(profileId);
  const contested = note.theirs !== null;
  const before = useRef(contested);
  useEffect(() => {
    // The button that settled it is gone: whoever pressed it goes on writing.
    if (before.current && !contested) field.current?.focus();
    before.current = contested;
  }, [contested]);
  return (
    <div className={classes.note}>
      <div data-screen-only>
        <Textarea
          ref={field}
          id={`note-${profileId}`}
          label={named ? t("note.of", { name }) : t("note.label")}
          aria-label={t("note.of", { name })}
          description={named ? undefined : t("note.hint")}
          rows={3}
          maxLength={LONGEST}
          disabled={remarks.query.data === undefined}
          value={note.text}
          error={isProblem(note.error) ? note.error.at("/text") || note.error.message || t("note.refused") : undefined}
          onChange={(event) => note.set(event.currentTarget.value)}
          onBlur={note.leave}
        />
        <p className={classes.small} role="status">
          {note.state === "clean"
            ? notedAt && t(mine ? "note.by_me" : "note.by_us", { when: moment(notedAt) })
            : note.state !== "unsaved" && t(`note.${note.state}`)}
        </p>
        {note.theirs !== null && (
          <Notice
            tone="danger"
            live
            title={t("note.contested")}
            actions={
              <>
                <Button variant="default" onClick={note.keepMine}>
                  {t("note.keep_mine")}
                </Button>
                <Button variant="default" onClick={note.takeTheirs}>
                  {t("note.take_theirs")}
                </Button>
              </>
            }
          >
            <p>{t("note.theirs")}</p>
            <p className={classes.theirs}>{note.theirs || t("note.emptied")}</p>
          </Notice>
        )}
      </div>
      <p className={classes.printed}>{note.text}</p>
    </div>
  );
}
