import { useTranslation } from "react-i18next";
import type { Language } from "./index";
import { french } from "./typography";

const PARIS = "Europe/Paris";
const locale = { fr: "fr-FR", en: "en-GB" } as const;

/** The day it is in Paris. */
export const today = (now = new Date()) => new Intl.DateTimeFormat("sv-SE", { timeZone: PARIS }).format(now);

/** Whole days from now to the end of `day`, by the calendar of Paris; negative once it has passed. */
export function daysUntil(day: string, now = new Date()): number {
  return Math.round((Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today(now)}T00:00:00Z`)) / 86_400_000);
}

/** As French writes them: « 1er mars », « 14 h 30 », « 9 h », « 8 h 05 ». */
const inFrench = (date: string) =>
  date.replace(/(^|\s)1 (?=\p{L})/u, "$11er ").replace(/0?(\d+):(\d\d)$/, (_, hour, minutes) => (minutes === "00" ? `${hour}\u202fh` : `${hour}\u202fh\u202f${minutes}`));

export function formats(language: Language) {
  const of = locale[language];
  const typeset = (text: string) => (language === "fr" ? french(text) : text);
  const dates = (options: Intl.DateTimeFormatOptions) => (value: string) => {
    // A day has no hour, and is the same day everywhere.
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    const written = new Intl.DateTimeFormat(of, { ...options, timeZone: isDay ? "UTC" : PARIS }).format(new Date(value));
    return language === "fr" ? inFrench(written) : written;
  };
  const number = (value: number) => new Intl.NumberFormat(of).format(value);
  const euros = (value: number) =>
    typeset(new Intl.NumberFormat(of, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(value));
  return {
    /** « 3 mars 2027 » */
    day: dates({ day: "numeric", month: "long", year: "numeric" }),
    /** « mer. 3 mars » */
    shortDay: dates({ weekday: "short", day: "numeric", month: "short" }),
    /** « 3 mars 2027 à 14 h 30 », in Paris */
    moment: dates({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }),
    /** « 14 h 32 », in Paris */
    time: dates({ hour: "2-digit", minute: "2-digit" }),
    month: dates({ month: "long", year: "numeric" }),
    number,
    percent: (share: number) => typeset(new Intl.NumberFormat(of, { style: "percent", maximumFractionDigits: 0 }).format(share)),
    /** Whole euros. */
    euros,
    /** « 290 à 380 € » */
    euroRange: (low: number, high: number) =>
      language === "fr" ? `${number(low)} à ${euros(high)}` : `${euros(low)} to ${euros(high)}`,
    /** Cents as euros with their cents, for what is owed to the cent. */
    exactEuros: (cents: number) =>
      typeset(new Intl.NumberFormat(of, { style: "currency", currency: "EUR" }).format(cents / 100)),
    /** How long something takes, in the largest unit that still says it well: « 5 secondes », « 46 heures », « 4 jours ». */
    duration(seconds: number) {
      const units = [["day", 86_400, 3], ["hour", 3_600, 2], ["minute", 60, 2], ["second", 1, 0]] as const;
      const [unit, size] = units.find(([, length, least]) => seconds >= length * least) ?? units[3];
      const written = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 } as const;
      return new Intl.NumberFormat(of, written).format(seconds / size);
    },
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
  return (words: { fr: string; en?: string | null }) =>
    i18n.language === "en" ? (words.en ?? words.fr) : french(words.fr);
}
