import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import type { Name, SectionName } from "./fields";
import type { Held } from "@/pages/shared/mine";
import { useFieldWords } from "./useFieldWords";
import { useSection, type SectionForm } from "./useSection";
import classes from "./Profile.module.css";

/** A section of the profile: read, then changed in its place, then read again. `form` draws its fields, the first of
 * them with `first` as its id; `lacking` names the first field that is not right yet. */
export function Part({ section, held, onSaved, children, form, lacking }: {
  section: SectionName;
  held: Held;
  onSaved: (section: SectionName) => void;
  children: ReactNode;
  form: (section: SectionForm) => ReactNode;
  lacking?: (section: SectionForm) => "display_name" | "roles" | null;
}) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const editing = useSection(section, held, () => onSaved(section));
  const [tried, setTried] = useState(false);
  const first = lacking?.(editing) ?? null;
  const said: SectionForm["at"] = (name) => editing.at(name) ?? (tried && name === first ? t(`needed.${first}`) : undefined);
  const change = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLFormElement>(null);
  const open = editing.form !== null;
  const before = useRef(open);
  useEffect(() => {
    // Whoever opens a section goes on in its first field; whoever is done with it, where they opened it.
    if (open && !before.current) place.current?.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
    if (!open && before.current) change.current?.focus();
    before.current = open;
  }, [open]);
  const contested = editing.contested.length > 0;
  return (
    <div className={classes.part} data-open={open || undefined}>
      <Section
        plain
        id={section}
        title={t(`section.${section}`)}
        hint={t(`section_hint.${section}`)}
        actions={
          !open && (
            <Button
              ref={change}
              variant="subtle"
              className={classes.change}
              data-screen-only
              aria-label={t("change_one", { section: t(`section.${section}`) })}
              onClick={() => {
                setTried(false);
                editing.open();
              }}
            >
              {t("change")}
            </Button>
          )
        }
      >
        {!open && children}
        {editing.form && (
          <form
            ref={place}
            className={classes.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setTried(true);
              if (first) document.getElementById(first)?.focus();
              else editing.save();
            }}
          >
            {contested && <Contested editing={editing} />}
            <div className={classes.fields}>{form({ ...editing, at: said })}</div>
            {!contested && <Refusal error={editing.error} fields={editing.beside} />}
            <div className={classes.bar}>
              <Button type="submit" loading={editing.pending} disabled={contested}>
                {common("save")}
              </Button>
              <Button variant="default" onClick={editing.giveUp}>
                {common("cancel")}
              </Button>
              <span className={classes.soft}>{t("kept")}</span>
            </div>
          </form>
        )}
      </Section>
    </div>
  );
}

/** Fields that were changed elsewhere too: what stands now beside what was typed, and which of both it shall be. */
function Contested({ editing }: { editing: SectionForm }) {
  const { t } = useTranslation("profile");
  const inWords = useFieldWords();
  const { contested, form, theirs } = editing;
  if (!form) return null;
  const shown = (name: Name, from: typeof form) => inWords(name, from) || t("conflict.nothing");
  return (
    <Notice
      tone="warning"
      live
      title={t("conflict.title")}
      actions={
        <>
          <Button onClick={editing.keepMine}>{t("conflict.mine")}</Button>
          <Button variant="default" onClick={() => editing.takeTheirs(contested)}>
            {t("conflict.theirs")}
          </Button>
        </>
      }
    >
      <p>{t("conflict.what")}</p>
      <dl className={classes.versions}>
        {contested.map((name) => (
          <div key={name}>
            <dt>{t(`field.${name}`)}</dt>
            <dd>
              <span className={classes.soft}>{t("conflict.now")}</span> {shown(name, theirs)}
            </dd>
            <dd>
              <span className={classes.soft}>{t("conflict.yours")}</span> {shown(name, form)}
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}
