import { chosen } from "@/i18n/chosen";
import { device, tab } from "@/session/device";
import { KEPT } from "@/session/kept";

/** Runs before anything is seen: in which language and colours the page is read, and whether whoever opens it has a start
 * page of their own, so that the first page written ahead is not shown to them. */
const root = document.documentElement;
root.lang = chosen();
const scheme = device.get("mantine-color-scheme-value");
const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
root.dataset.mantineColorScheme = dark ? "dark" : "light";
if (tab.get(KEPT) || location.hash.startsWith("#/")) root.dataset.known = "";
