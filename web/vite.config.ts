/// <reference types="vitest/config" />
import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from "@mantine/core";
import react from "@vitejs/plugin-react";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { theme, variables } from "./src/design/theme.ts";

/** The theme's custom properties as a stylesheet: the provider would write them into the page, which the policy of the
 * site (`style-src 'self'`) refuses. */
function themeStyles(): Plugin {
  const name = "virtual:theme.css";
  return {
    name: "theme-styles",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const whole = mergeMantineTheme(DEFAULT_THEME, theme);
      const given = defaultCssVariablesResolver(whole);
      const own = variables(whole);
      const merged = {
        variables: { ...given.variables, ...own.variables },
        light: { ...given.light, ...own.light },
        dark: { ...given.dark, ...own.dark },
      };
      return convertCssVariables(merged, ":root");
    },
  };
}

const SOURCES = fileURLToPath(new URL("./src", import.meta.url));

/** The project's own module that another one names, if it is one of its own. */
function moduleAt(name: string, from: string): string | undefined {
  if (!/^(@\/|\.)/.test(name)) return undefined;
  const path = name.startsWith("@/") ? join(SOURCES, name.slice(2)) : join(dirname(from), name);
  return ["", ".tsx", ".ts", "/index.ts"].map((end) => path + end).find((one) => /\.tsx?$/.test(one) && existsSync(one));
}

/** The sets of words that a component says, or anything that it is made of. */
export function setsOf(file: string, seen = new Set<string>()): Set<string> {
  seen.add(file);
  const code = readFileSync(file, "utf8");
  const sets = new Set([...code.matchAll(/useTranslation\(([^)]+)\)/g)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []));
  for (const [, name = ""] of code.matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from "([^"]+)"/gm)) {
    const part = moduleAt(name, file);
    if (part && !seen.has(part)) setsOf(part, seen).forEach((set) => sets.add(set));
  }
  return sets;
}

/** What a screen says comes with its code. Asked for when it is first said, it would come one way later, and React keeps
 * the sign of waiting that stands in between for a third of a second. */
function wordsOfScreens(): Plugin {
  return {
    name: "words-of-screens",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".tsx")) return null;
      const asked = code.replace(/\bimport\("([^"]+)"\)/g, (whole, name: string) => {
        const screen = moduleAt(name, id);
        if (!screen?.endsWith(".tsx")) return whole;
        const sets = [...setsOf(screen)].filter((set) => set !== "common").sort();
        return `withWords(${JSON.stringify(sets)}, ${whole})`;
      });
      return asked === code ? null : { code: `import { withWords } from "@/i18n";\n${asked}`, map: null };
    },
  };
}

export const alias = { "@": SOURCES };

export default defineConfig({
  logLevel: "warn",
  plugins: [wordsOfScreens(), react(), themeStyles()],
  resolve: { alias },
  build: {
    outDir: "../build/site",
    emptyOutDir: true,
    // An image in a style sheet as a file of its own: the policy allows data only where it must.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1024,
  },
  test: { environment: "happy-dom", setupFiles: "src/alone.ts", include: ["src/**/*.test.{ts,tsx}"] },
});
