// Which screen stands where: the address after # decides.

import { alarm } from "./alarms.js";
import { demoAccounts, Refused, signedIn, signOut } from "./api.js";
import { verificationCase } from "./cases.js";
import { h } from "./dom.js";
import { language, say, switchLanguage } from "./text.js";
import { brief, failure, home, landing, signInForm } from "./views.js";

const main = document.getElementById("main");
const announced = document.getElementById("status");
let turn = 0;

function screen() {
  const path = location.hash.replace(/^#/, "") || "/";
  const project = /^\/briefs\/([0-9A-Za-z]+)$/.exec(path);
  const verification = /^\/verification\/([0-9A-Za-z]+)$/.exec(path);
  const warning = /^\/verification\/alarms\/([0-9A-Za-z]+)$/.exec(path);
  const somebodys = project ?? verification ?? warning;
  if (path === "/sign-in" || (somebodys && !signedIn())) {
    return () => signInForm(() => (somebodys ? show() : go("#/")));
  }
  const again = (how) => (location.hash === `#${path}` ? show(how) : undefined);
  if (verification) return () => verificationCase(verification[1], again);
  if (warning) return () => alarm(warning[1], again);
  if (project) return () => brief(project[1], () => location.hash === `#${path}` && show({ quietly: true }));
  return () => (signedIn() ? home() : landing());
}

/** Puts the address's screen on the page. Quietly: without moving the focus, for what refreshes by itself. */
async function show({ quietly = false } = {}) {
  const mine = ++turn;
  await frame();
  if (!quietly) {
    announced.textContent = say("loading");
    main.setAttribute("aria-busy", "true");
  }
  let content;
  try {
    content = await screen()();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      signOut();
      return go("#/sign-in");
    }
    content = failure(error, () => show());
  }
  if (mine !== turn) return undefined; // another screen was asked for in the meantime
  main.removeAttribute("aria-busy");
  main.replaceChildren(...content.filter(Boolean));
  const title = main.querySelector("h1")?.textContent;
  document.title = title ? `${title} · Plot Point` : "Plot Point";
  if (!quietly) {
    announced.textContent = "";
    if (turn > 1) main.focus();
    window.scrollTo(0, 0);
  }
  return undefined;
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
    local ? h("a", { href: `/mailbox${other === "fr" ? "?lang=en" : ""}` }, say("mailbox")) : "",
    signedIn()
      ? h("button", { class: "link", onclick: () => { signOut(); go("#/"); } }, say("sign_out"))
      : h("a", { href: "#/sign-in" }, say("sign_in")),
    h("button", { class: "link", lang: other, onclick: () => { switchLanguage(); show(); } }, say("other_language")));
  document.getElementById("foot").textContent = local ? say("footer") : "";
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address is the screen's
  main.focus();
});
window.addEventListener("hashchange", () => show());
show();
