// Which screen stands where: the address after # decides.

import { alarm } from "./alarms.js";
import { demoAccounts, groups, Refused, signedIn, signOut } from "./api.js";
import { verificationCase } from "./cases.js";
import { conversation, conversations } from "./conversations.js";
import { h } from "./dom.js";
import { project, projects } from "./projects.js";
import { language, say, switchLanguage } from "./text.js";
import { brief, failure, home, landing, signInForm } from "./views.js";

const main = document.getElementById("main");
const announced = document.getElementById("status");
let turn = 0;

/** The screens that are somebody's own: only for whoever is signed in. */
const OWN = [
  [/^\/briefs\/([0-9A-Za-z]+)$/, brief],
  [/^\/verification\/([0-9A-Za-z]+)$/, verificationCase],
  [/^\/verification\/alarms\/([0-9A-Za-z]+)$/, alarm],
  [/^\/conversations\/([0-9A-Za-z]+)$/, conversation],
  [/^\/projects\/([0-9A-Za-z]+)$/, project],
  [/^\/conversations$/, (_, again) => conversations(again)],
  [/^\/projects$/, (_, again) => projects(again)],
];

const address = () => location.hash.replace(/^#/, "") || "/";

/** The screen of one's own at that address, and what its address names; null for any other address. */
function own(path) {
  for (const [pattern, made] of OWN) {
    const found = pattern.exec(path);
    if (found) return { made, id: found[1] };
  }
  return null;
}

function screen() {
  const path = address();
  const somebodys = own(path);
  if (path === "/sign-in" || (somebodys && !signedIn())) {
    return () => signInForm(() => (somebodys ? show() : go("#/")));
  }
  const again = (how) => (address() === path ? show(how) : undefined);
  if (somebodys) return () => somebodys.made(somebodys.id, again);
  return () => (signedIn() ? home() : landing());
}

/** Puts the address's screen on the page. Quietly: without moving the focus, for what refreshes by itself. `said`: what
 * was done, announced once the screen shows it. */
async function show({ quietly = false, said = "" } = {}) {
  const mine = ++turn;
  if (!quietly) {
    await frame();
    announced.textContent = say("loading");
    main.setAttribute("aria-busy", "true");
  }
  let content;
  try {
    content = await screen()();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      signOut();
      return own(address()) ? show() : go("#/sign-in"); // whoever followed a link comes to what they came for
    }
    content = failure(error, () => show());
  }
  if (mine !== turn) return undefined; // another screen was asked for in the meantime
  main.removeAttribute("aria-busy");
  const restore = quietly ? standing() : () => {};
  main.replaceChildren(...content.filter(Boolean));
  restore();
  const title = main.querySelector("h1")?.textContent;
  document.title = title ? `${title} · Plot Point` : "Plot Point";
  if (!quietly) {
    announced.textContent = said;
    if (turn > 1) main.focus();
    window.scrollTo(0, 0);
  }
  return undefined;
}

/** Where the reader is on the screen and what they had opened: what is given puts both back on the same screen drawn
 * anew. Who was at something that has gone is at the screen as a whole. */
function standing() {
  const every = (name) => [...main.querySelectorAll(name)];
  const unfolded = every("details").map((one) => one.open);
  const at = document.activeElement;
  const inside = at && at !== main && main.contains(at);
  const [name, words, index] = inside ? [at.localName, at.textContent, every(at.localName).indexOf(at)] : [];
  return () => {
    every("details").forEach((one, place) => { if (unfolded[place]) one.open = true; });
    const found = inside && every(name)[index];
    if (inside) (found?.textContent === words ? found : main).focus({ preventScroll: true });
  };
}

function go(hash) {
  if (location.hash === hash || (hash === "#/" && !location.hash)) show();
  else location.hash = hash;
}

/** Everything around the screen, in the reader's language. */
async function frame() {
  const local = (await demoAccounts()) !== null;
  document.documentElement.lang = language();
  const other = language() === "fr" ? "en" : "fr";
  document.getElementById("skip").textContent = say("skip");
  const nav = document.getElementById("nav");
  nav.setAttribute("aria-label", say("navigation"));
  nav.replaceChildren(
    ...(signedIn() ? places() : []),
    local ? h("a", { href: `/mailbox${other === "fr" ? "?lang=en" : ""}` }, say("mailbox")) : "",
    signedIn()
      ? h("button", { class: "link", onclick: () => { signOut(); go("#/"); } }, say("sign_out"))
      : h("a", { href: "#/sign-in" }, say("sign_in")),
    h("button", { class: "link", lang: other, onclick: () => { switchLanguage(); show(); } }, say("other_language")));
  document.getElementById("foot").textContent = local ? say("footer") : "";
}

/** Where one goes from anywhere, by what the account is for. */
function places() {
  const mine = groups();
  if (mine.includes("admins")) return [];
  const link = (path, words) => h("a", { href: `#${path}`, "aria-current": address() === path ? "page" : null }, words);
  return [
    mine.includes("freelancers") && link("/projects", say("projects")),
    link("/conversations", say("conversations")),
  ].filter(Boolean);
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is the screen's
  main.focus();
});
window.addEventListener("hashchange", () => show());
show();
