/** Builds the site, and writes ahead the pages by which strangers come: each is read as soon as its document and its styles
 * are there, and the scripts take its place without a move. `index.html` is that of `/`, `sign-in.html` of `/sign-in`;
 * `app.html` is what every other address is answered with. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Rolldown } from "vite";
import { alias, setsOf } from "./vite.config.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SITE = join(HERE, "../build/site");
const LANGUAGES = ["fr", "en"] as const;

interface Part {
  file: string;
  css?: string[];
  imports?: string[];
}

await build();
const screens = forEverybody();
const manifest = JSON.parse(readFileSync(join(SITE, ".vite/manifest.json"), "utf8")) as Record<string, Part>;
const before = asset("before", "js", await script("src/first/before.ts", early()));
const page = readFileSync(join(SITE, "index.html"), "utf8").replace("<title>", `<script src="/${before}"></script>\n    <title>`);
writeFileSync(join(SITE, "app.html"), page);
const styles: string[] = [];
const pages = await writtenAhead();
const first = asset("first", "css", styles.map((style, n) => `[data-style="${n}"]{${style}}`).join("\n"));
for (const [path, written] of pages) {
  const linked = [...stylesOf(screens.get(path)!), first]
    .filter((file) => !page.includes(file))
    .map((file) => `  <link rel="stylesheet" crossorigin href="/${file}">\n  `);
  check(path, written);
  writeFileSync(
    join(SITE, `${path.slice(1) || "index"}.html`),
    page.replace("</head>", `${linked.join("")}</head>`).replace('<div id="root"></div>', () => `<div id="root">${written}</div>`),
  );
}

function part(name: string): Part {
  const found = manifest[name];
  if (!found) throw new Error(`the build has no ${name}`);
  return found;
}

function stylesOf(name: string): string[] {
  const { css = [], imports = [] } = part(name);
  return [...new Set([...imports.flatMap(stylesOf), ...css])];
}

function scriptsOf(name: string): string[] {
  const { file, imports = [] } = part(name);
  return [...new Set([...imports.flatMap(scriptsOf), file])];
}

/** The screens that are for everybody: their files, by address. */
function forEverybody(): Map<string, string> {
  const found = new Map([["/", "src/pages/public/Landing.tsx"]]);
  for (const space of ["public", "account"]) {
    const routes = readFileSync(join(HERE, `src/pages/${space}/routes.tsx`), "utf8");
    for (const [, path = "", name = ""] of routes.matchAll(/screen\("([^":]+)", \(\) => import\("\.\/(\w+)"\)\)/g))
      found.set(path, `src/pages/${space}/${name}.tsx`);
  }
  return found;
}

/** What the script before all others has to know (src/first/before.ts), as constants of its own. */
function early(): Record<string, string> {
  const everywhere = new Set([...scriptsOf("index.html"), ...stylesOf("index.html")]);
  const made = [...screens].map(([path, name]) => {
    const files = [...scriptsOf(name), ...stylesOf(name)].filter((file) => !everywhere.has(file));
    const sets = saidBy(name);
    return [path, { files, sets }] as const;
  });
  const said = ["common", ...new Set(made.flatMap(([, { sets }]) => sets))];
  const words = LANGUAGES.map((to) => [to, Object.fromEntries(said.map((set) => [set, part(`src/i18n/${to}/${set}.ts`).file]))]);
  return { SCREENS: JSON.stringify(Object.fromEntries(made)), WORDS: JSON.stringify(Object.fromEntries(words)) };
}

/** The sets of words that this screen says, besides those of every screen. */
function saidBy(name: string): string[] {
  return [...setsOf(join(HERE, name))].filter((set) => set !== "common");
}

function asset(name: string, kind: string, content: string): string {
  const file = `assets/${name}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.${kind}`;
  writeFileSync(join(SITE, file), content);
  return file;
}

/** A script of its own, that runs where it stands. */
async function script(entry: string, define: Record<string, string>): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias },
    define,
    build: { write: false, lib: { entry: join(HERE, entry), formats: ["iife"], name: "before" } },
  })) as Rolldown.RolldownOutput[];
  return built[0]!.output[0].code;
}

/** Each page in both languages, by its address. The site's policy refuses styles on elements: they go into a sheet. */
async function writtenAhead(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(HERE, "node_modules/.first-"));
  // There is no browser here, and nobody is signed in.
  Object.assign(globalThis, { location: { hostname: "" }, BroadcastChannel: undefined });
  try {
    await build({ build: { ssr: "src/first/written.tsx", outDir: folder, emptyOutDir: true, manifest: false, copyPublicDir: false } });
    const { AHEAD, written } = (await import(pathToFileURL(join(folder, "written.js")).href)) as typeof import("./src/first/written.tsx");
    const all = new Map<string, string>();
    for (const path of Object.keys(AHEAD)) {
      const said: string[] = [];
      for (const language of LANGUAGES)
        said.push(`<div data-first lang="${language}">${await written(path, language, saidBy(screens.get(path)!))}</div>`);
      // Both stand in one document, where a name may be given once; nothing refers to it before the scripts are there.
      const anonymous = said.join("").replace(/ (id|for|aria-describedby|aria-labelledby)="[^"]*"/g, "");
      all.set(path, anonymous.replace(/ style="([^"]*)"/g, (_, style: string) => {
        if (!styles.includes(style)) styles.push(style);
        return ` data-style="${styles.indexOf(style)}"`;
      }));
    }
    return all;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The classes of a page are those of its styles. */
function check(path: string, html: string): void {
  const sheets = [...new Set([...stylesOf(screens.get(path)!), ...stylesOf("index.html")])];
  const known = sheets.map((file) => readFileSync(join(SITE, file), "utf8")).join("");
  const names = [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, all = ""]) => all.split(" "));
  const own = names.filter((name) => name.startsWith("_") || name.startsWith("m_"));
  const missing = [...new Set(own)].filter((name) => !known.includes(`.${name}`));
  if (own.length === 0 || missing.length > 0) throw new Error(`what is written ahead of ${path} has no styles for ${missing.join(", ") || "anything"}`);
}
