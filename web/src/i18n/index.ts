import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { device } from "@/session/device";
import { chosen, KEPT, LANGUAGES, type Language } from "./chosen";
import { typeset } from "./typography";

export { LANGUAGES, type Language };

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

let begin: () => void;
const begun = new Promise<void>((done) => (begin = done));

/** Code that is on its way, once the sets of words that it says are there too: the build puts this around each screen. */
export async function withWords<Code>(sets: string[], code: Promise<Code>): Promise<Code> {
  for (const set of sets) void words[`./${i18next.language ?? chosen()}/${set}.ts`]?.().catch(() => undefined);
  const [screen] = await Promise.all([code, begun.then(() => i18next.loadNamespaces(sets))]);
  return screen;
}

/** `also`: sets to come with those of every screen. */
export async function startWords(language: Language, also: readonly string[] = []): Promise<void> {
  await i18next
    .use(sets)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ["common", ...also],
      defaultNS: "common",
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
  begin();
}

export const language = (): Language => (i18next.language === "en" ? "en" : "fr");

export function switchLanguage(to: Language): Promise<unknown> {
  device.set(KEPT, to);
  document.documentElement.lang = to;
  return i18next.changeLanguage(to);
}
