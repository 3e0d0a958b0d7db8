/** Builds the site, and writes its first page ahead: whoever comes for the first time reads it as soon as the document and
 * its styles are there, and the scripts take its place without a move. `index.html` is that page; `app.html` is what every
 * other address is answered with. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Rolldown } from "vite";
import { alias, setsOf } from "./vite.config.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SITE = join(HERE, "../build/site");
const LANDING = "src/pages/public/Landing.tsx";
const LANGUAGES = ["fr", "en"] as const;

interface Part {
  file: string;
  css?: string[];
  imports?: string[];
}

await build();
const manifest = JSON.parse(readFileSync(join(SITE, ".vite/manifest.json"), "utf8")) as Record<string, Part>;
const before = asset("before", "js", await script("src/first/before.ts", early()));
const page = readFileSync(join(SITE, "index.html"), "utf8").replace("<title>", `<script src="/${before}"></script>\n    <title>`);
const styles: string[] = [];
const written = await markup();
const linked = [...stylesOf(LANDING), asset("first", "css", styles.map((style, n) => `[data-style="${n}"]{${style}}`).join("\n"))]
  .filter((file) => !page.includes(file))
  .map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`);
check(written);
writeFileSync(join(SITE, "app.html"), page);
writeFileSync(
  join(SITE, "index.html"),
  page
    .replace("</head>", `${linked.map((line) => `  ${line}\n  `).join("")}</head>`)
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

function scriptsOf(name: string): string[] {
  const { file, imports = [] } = part(name);
  return [...new Set([...imports.flatMap(scriptsOf), file])];
}

/** What the script before all others has to know (src/first/before.ts), as constants of its own. */
function early(): Record<string, string> {
  const everywhere = new Set([...scriptsOf("index.html"), ...stylesOf("index.html")]);
  const screens = new Map([["/", LANDING]]);
  for (const space of ["public", "account"]) {
    const routes = readFileSync(join(HERE, `src/pages/${space}/routes.tsx`), "utf8");
    for (const [, path = "", name = ""] of routes.matchAll(/screen\("([^":]+)", \(\) => import\("\.\/(\w+)"\)\)/g))
      screens.set(path, `src/pages/${space}/${name}.tsx`);
  }
  const made = [...screens].map(([path, name]) => {
    const files = [...scriptsOf(name), ...stylesOf(name)].filter((file) => !everywhere.has(file));
    const sets = [...setsOf(join(HERE, name))].filter((set) => set !== "common");
    return [path, { files, sets }] as const;
  });
  const said = ["common", ...new Set(made.flatMap(([, { sets }]) => sets))];
  const words = LANGUAGES.map((to) => [to, Object.fromEntries(said.map((set) => [set, part(`src/i18n/${to}/${set}.ts`).file]))]);
  return { SCREENS: JSON.stringify(Object.fromEntries(made)), WORDS: JSON.stringify(Object.fromEntries(words)) };
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

/** The page in both languages. The site's policy refuses styles on elements: they go into a sheet. */
async function markup(): Promise<string> {
  const folder = mkdtempSync(join(HERE, "node_modules/.first-"));
  // There is no browser here, and nobody is signed in.
  Object.assign(globalThis, { location: { hostname: "" }, BroadcastChannel: undefined });
  try {
    await build({ build: { ssr: "src/first/landing.tsx", outDir: folder, emptyOutDir: true, manifest: false, copyPublicDir: false } });
    const { landing } = (await import(pathToFileURL(join(folder, "landing.js")).href)) as typeof import("./src/first/landing.tsx");
    let all = "";
    for (const language of LANGUAGES) all += `<div data-first lang="${language}">${await landing(language)}</div>`;
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
