import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";
import classes from "./Editor.module.css";
import type { BriefEditor } from "./useBriefEditor";
import { useFieldWords } from "./useFieldWords";

/** Fields that somebody else has changed meanwhile: both versions side by side, and one is chosen. */
export function Conflicts({ editor }: { editor: BriefEditor }) {
  const { t } = useTranslation("brief");
  const inWords = useFieldWords();
  const place = useRef<HTMLDivElement>(null);
  const { contested, fields, server } = editor;
  const any = contested.length > 0;
  const before = useRef(any);
  useEffect(() => {
    // Once the last is settled the button that did it is gone: whoever pressed it goes on from here.
    if (before.current && !any) place.current?.focus();
    before.current = any;
  }, [any]);
  return (
    <div ref={place} tabIndex={-1} className={classes.conflicts}>
      {any && (
        <Notice tone="danger" live title={t("conflict.title")}>
          <p>{t("conflict.what")}</p>
          <ul className={classes.versions}>
            {contested.map((name) => (
              <li key={name}>
                <p className={classes.versionName}>{t(`field.${name}`)}</p>
                <div className={classes.both}>
                  <div>
                    <p className={classes.whose}>{t("conflict.mine")}</p>
                    <p className={classes.held}>{inWords(name, fields[name])}</p>
                    <Button variant="default" onClick={() => editor.keepMine(name)}>
                      {t("conflict.keep_mine", { field: t(`field.${name}`) })}
                    </Button>
                  </div>
                  <div>
                    <p className={classes.whose}>{t("conflict.theirs")}</p>
                    <p className={classes.held}>{inWords(name, server[name])}</p>
                    <Button variant="default" onClick={() => editor.takeTheirs(name)}>
                      {t("conflict.take_theirs", { field: t(`field.${name}`) })}
                    </Button>
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
