/// <reference types="vitest/config" />
import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from "@mantine/core";
import react from "@vitejs/plugin-react";
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

export const alias = { "@": fileURLToPath(new URL("./src", import.meta.url)) };

export default defineConfig({
  logLevel: "warn",
  plugins: [react(), themeStyles()],
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
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
