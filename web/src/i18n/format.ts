import { useTranslation } from "react-i18next";
import type { Language } from "./index";
import { french } from "./typography";

const PARIS = "Europe/Paris";
const locale = { fr: "fr-FR", en: "en-GB" } as const;

/** Whole days from now to the end of `day`, by the calendar of Paris; negative once it has passed. */
export function daysUntil(day: string, now = new Date()): number {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: PARIS }).format(now);
  return Math.round((Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

export function formats(language: Language) {
  const of = locale[language];
  const typeset = (text: string) => (language === "fr" ? french(text) : text);
  const dates = (options: Intl.DateTimeFormatOptions) => (value: string) => {
    // A day has no hour, and is the same day everywhere.
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    return new Intl.DateTimeFormat(of, { ...options, timeZone: isDay ? "UTC" : PARIS }).format(new Date(value));
  };
  return {
    /** « 3 mars 2027 » */
    day: dates({ day: "numeric", month: "long", year: "numeric" }),
    /** « mer. 3 mars » */
    shortDay: dates({ weekday: "short", day: "numeric", month: "short" }),
    /** « 3 mars 2027 à 14:30 », in Paris */
    moment: dates({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }),
    /** « 14:32 », in Paris */
    time: dates({ hour: "2-digit", minute: "2-digit" }),
    month: dates({ month: "long", year: "numeric" }),
    number: (value: number) => new Intl.NumberFormat(of).format(value),
    percent: (share: number) => typeset(new Intl.NumberFormat(of, { style: "percent", maximumFractionDigits: 0 }).format(share)),
    /** Whole euros. */
    euros: (value: number) =>
      typeset(new Intl.NumberFormat(of, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(value)),
    list: (items: readonly string[]) => new Intl.ListFormat(of, { type: "conjunction" }).format(items),
    /** « il y a 3 heures », « dans 2 jours » */
    relative(value: string, now = new Date()) {
      const seconds = (Date.parse(value) - now.getTime()) / 1000;
      const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]] as const;
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
      return new Intl.RelativeTimeFormat(of, { numeric: "auto" }).format(Math.round(seconds / size), unit);
    },
  };
}

export function useFormats() {
  const { i18n } = useTranslation();
  return formats(i18n.language === "en" ? "en" : "fr");
}

/** What the API gives in both languages, in the reader's. */
export function useBilingual() {
  const { i18n } = useTranslation();
  return (words: { fr: string; en?: string | null }) => (i18n.language === "en" ? (words.en ?? words.fr) : words.fr);
}
