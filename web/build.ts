/** Builds the site, and writes its first page ahead: whoever comes for the first time reads it as soon as the document and
 * its styles are there, and the scripts take its place without a move. `index.html` is that page; `app.html` is what every
 * other address is answered with. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Rolldown } from "vite";
import { alias } from "./vite.config.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SITE = join(HERE, "../build/site");
const LANDING = "src/pages/public/Landing.tsx";
/** What else the first page's own scripts ask for. */
const WORDS = ["src/i18n/fr/common.ts", "src/i18n/fr/landing.ts"];

interface Part {
  file: string;
  css?: string[];
  imports?: string[];
}

await build();
const before = asset("before", "js", await script("src/first/before.ts"));
const manifest = JSON.parse(readFileSync(join(SITE, ".vite/manifest.json"), "utf8")) as Record<string, Part>;
const page = readFileSync(join(SITE, "index.html"), "utf8").replace("<title>", `<script src="/${before}"></script>\n    <title>`);
const styles: string[] = [];
const written = await markup();
const linked = [...stylesOf(LANDING), asset("first", "css", styles.map((style, n) => `[data-style="${n}"]{${style}}`).join("\n"))]
  .filter((file) => !page.includes(file))
  .map((file) => `<link rel="stylesheet" href="/${file}">`);
const asked = [LANDING, ...WORDS].map((name) => `<link rel="modulepreload" href="/${part(name).file}" crossorigin>`);
check(written);
writeFileSync(join(SITE, "app.html"), page);
writeFileSync(
  join(SITE, "index.html"),
  page
    .replace("</head>", `${[...asked, ...linked].map((line) => `  ${line}\n  `).join("")}</head>`)
    .replace('<div id="root"></div>', () => `<div id="root">${written}</div>`),
);

function part(name: string): Part {
  const found = manifest[name];
  if (!found) throw new Error(`the build has no ${name}`);
  return found;
}

function stylesOf(name: string): string[] {
  const { css = [], imports = [] } = part(name);
  return [...new Set([...imports.flatMap(stylesOf), ...css])];
}

function asset(name: string, kind: string, content: string): string {
  const file = `assets/${name}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.${kind}`;
  writeFileSync(join(SITE, file), content);
  return file;
}

/** A script of its own, that runs where it stands. */
async function script(entry: string): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias },
    build: { write: false, lib: { entry: join(HERE, entry), formats: ["iife"], name: "before" } },
  })) as Rolldown.RolldownOutput[];
  return built[0]!.output[0].code;
}

/** The page in both languages. The site's policy refuses styles on elements: they go into a sheet. */
async function markup(): Promise<string> {
  const folder = mkdtempSync(join(HERE, "node_modules/.first-"));
  // There is no browser here, and nobody is signed in.
  Object.assign(globalThis, { location: { hostname: "" }, BroadcastChannel: undefined });
  try {
    await build({ build: { ssr: "src/first/landing.tsx", outDir: folder, emptyOutDir: true, manifest: false, copyPublicDir: false } });
    const { landing } = (await import(pathToFileURL(join(folder, "landing.js")).href)) as typeof import("./src/first/landing.tsx");
    const languages = ["fr", "en"] as const;
    let all = "";
    for (const language of languages) all += `<div data-first lang="${language}">${await landing(language)}</div>`;
    // Both stand in one document, where a name may be given once; nothing refers to it before the scripts are there.
    return all.replace(/ id="[^"]*"/g, "").replace(/ style="([^"]*)"/g, (_, style: string) => {
      if (!styles.includes(style)) styles.push(style);
      return ` data-style="${styles.indexOf(style)}"`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The classes of the page are those of the styles. */
function check(html: string): void {
  const sheets = [...new Set([...stylesOf(LANDING), ...stylesOf("index.html")])];
  const known = sheets.map((file) => readFileSync(join(SITE, file), "utf8")).join("");
  const names = [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, all = ""]) => all.split(" "));
  const own = names.filter((name) => name.startsWith("_") || name.startsWith("m_"));
  const missing = [...new Set(own)].filter((name) => !known.includes(`.${name}`));
  if (own.length === 0 || missing.length > 0) throw new Error(`the first page has no styles for ${missing.join(", ") || "anything"}`);
}
