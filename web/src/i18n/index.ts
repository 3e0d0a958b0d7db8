import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { typeset } from "./typography";

export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "plot-point-language";
const words = import.meta.glob<Record<string, unknown>>("./{fr,en}/*.ts", { import: "default" });

/** A set of words is loaded when the first screen that says them is. */
const sets: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const load = words[`./${language}/${namespace}.ts`];
    if (!load) return done(new Error(`no words for ${namespace}`), null);
    load().then(
      (set) => done(null, (language === "fr" ? typeset(set) : set) as never),
      (error: Error) => done(error, null),
    );
  },
};

function chosen(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "fr" || kept === "en") return kept;
  const spoken = navigator.languages.map((one) => one.slice(0, 2));
  return spoken.includes("fr") || !spoken.includes("en") ? "fr" : "en";
}

/** `also`: the sets that the first screen says, to come with those of every screen. */
export async function startWords(also: readonly string[] = []): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(sets)
    .use(initReactI18next)
    .init({
      lng: chosen(),
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ["common", ...also],
      defaultNS: "common",
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
}

export const language = (): Language => (i18next.language === "en" ? "en" : "fr");

export function switchLanguage(to: Language): Promise<unknown> {
  localStorage.setItem(KEPT, to);
  return i18next.changeLanguage(to);
}
