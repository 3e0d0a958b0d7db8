import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a browser holds a form back for, in the words of the site: its own are in the browser's language. */
export function useFormWords(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const say = ({ target }: Event) => {
      const field = target as Field;
      field.setCustomValidity("");
      field.setCustomValidity(wanted(field, t) ?? "");
    };
    // A browser holds a form back as long as something is said of one of its fields; of radio buttons, of any.
    const forget = ({ target }: Event) => {
      const { form } = target as Field;
      for (const one of form?.elements ?? []) (one as Partial<Field>).setCustomValidity?.("");
    };
    document.addEventListener("invalid", say, true);
    document.addEventListener("input", forget, true);
    document.addEventListener("change", forget, true);
    return () => {
      document.removeEventListener("invalid", say, true);
      document.removeEventListener("input", forget, true);
      document.removeEventListener("change", forget, true);
    };
  }, [t]);
}

function wanted(field: Field, t: TFunction): string | undefined {
  const { validity, type } = field;
  if (validity.valueMissing) return t(["radio", "checkbox", "select-one"].includes(type) ? "missing.choice" : "missing.text");
  if (validity.typeMismatch && type === "email") return t("missing.email");
  if (validity.tooShort) return t("missing.short", { least: (field as HTMLInputElement).minLength });
  return undefined;
}
