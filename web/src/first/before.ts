import { chosen } from "@/i18n/chosen";
import { device, tab } from "@/session/device";
import { KEPT } from "@/session/kept";

/** Files of the build: of each screen that is for everybody, by its address, and of sets of words. */
declare const SCREENS: Record<string, { files: string[]; sets: string[] }>;
declare const WORDS: Record<string, Record<string, string>>;

/** Runs before anything is seen: in which language and colours the page is read, whether whoever opens it has a start
 * page of their own, so that the first page written ahead is not shown to them; and asks for what the screen is made of,
 * which the scripts would find out only once they have all begun. */
const root = document.documentElement;
const language = chosen();
root.lang = language;
const scheme = device.get("mantine-color-scheme-value");
const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
root.dataset.mantineColorScheme = dark ? "dark" : "light";
if (tab.get(KEPT) || location.hash.startsWith("#/")) root.dataset.known = "";

const known = root.dataset.known !== undefined && location.pathname === "/";
const { files = [], sets = [] } = (!known && SCREENS[location.pathname]) || {};
for (const file of [...files, ...["common", ...sets].map((set) => WORDS[language]![set]!)]) {
  const link = document.createElement("link");
  const style = file.endsWith(".css");
  link.rel = style ? "preload" : "modulepreload";
  if (style) link.as = "style";
  link.crossOrigin = "";
  link.href = `/${file}`;
  document.head.append(link);
}
