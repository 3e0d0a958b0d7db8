import { useState } from "react";
import { useTranslation } from "react-i18next";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isField = (one: Element): one is Field => one.matches("input, select, textarea");
const isChoice = (one: Field) => one.type === "radio" || one.type === "select-one";
/** Of choices that belong together, the name of all; of any other field, its own. */
const nameOf = (one: Field) => (one.type === "radio" ? one.name : one.id);
const isMissing = (one: Field) =>
  one.required && (one.type === "radio" || one.type === "checkbox" ? one.validity.valueMissing : one.value.trim() === "");

/** What a form requires and is not there, said beside each field, where it stays, and not in a bubble that
 * goes away: for forms with `noValidate`. */
export function useComplete() {
  const { t } = useTranslation();
  const [missing, setMissing] = useState<Record<string, "choice" | "text">>({});
  return {
    /** Whether all is there; if not, the first field that is empty gets the focus. */
    check(form: HTMLFormElement): boolean {
      const empty = [...form.elements].filter(isField).filter(isMissing);
      setMissing(Object.fromEntries(empty.map((one) => [nameOf(one), isChoice(one) ? "choice" : "text"])));
      empty[0]?.focus();
      return empty.length === 0;
    },
    /** What to say at the field of this id, or at the choices of this name; `now`: what stands there. */
    at(name: string, now: string): string | undefined {
      const what = missing[name];
      return what && now.trim() === "" ? t(`missing.${what}`) : undefined;
    },
  };
}
