// One function per screen: each returns what stands in <main>.

import { demoAccounts, get, groups, Refused, signIn } from "./api.js";
import { caseRow, isOpen, myCases, openCase } from "./cases.js";
import { announce, h } from "./dom.js";
import { contactList, contactsOf, ending, inviting } from "./outreach.js";
import { projectCard } from "./projects.js";
import { label, loadTaxonomy } from "./taxonomy.js";
import { both, day, language, number, say, spoken, typeset } from "./text.js";

const PENDING_EVERY = 1000;

/** The project whose shortlist somebody waits for, who may not see when it comes. */
let awaited = null;

export function landing() {
  const part = (title, text) => h("section", { class: "card" }, h("h2", {}, say(title)), h("p", {}, say(text)));
  return [
    h("div", { class: "hero" },
      h("h1", {}, say("promise")),
      h("p", { class: "lead" }, say("lead")),
      h("p", {}, h("a", { class: "button", href: "#/sign-in" }, say("sign_in")))),
    h("div", { class: "thirds" },
      part("producers_title", "producers_text"),
      part("freelancers_title", "freelancers_text"),
      part("order_title", "order_text")),
  ];
}

export async function signInForm(then) {
  const field = (name, type, autocomplete) => {
    const input = h("input", { id: name, name, type, autocomplete, required: true });
    return [h("label", { for: name }, say(name)), input];
  };
  const error = h("p", { class: "error", role: "alert" });
  const submit = h("button", { class: "button" }, say("sign_in"));
  const form = h("form", { class: "card narrow", onsubmit: enter },
    ...field("email", "email", "username"),
    ...field("password", "password", "current-password"),
    error, submit);

  async function enter(event) {
    event.preventDefault();
    submit.disabled = true;
    error.textContent = "";
    try {
      await signIn(form.elements.email.value.trim(), form.elements.password.value);
      then();
    } catch (refused) {
      error.textContent = refused.status === 0 || refused.status >= 500 ? say("failed") : say("wrong_credentials");
      submit.disabled = false;
    }
  }

  const accounts = await demoAccounts();
  const fill = (account) => () => {
    form.elements.email.value = account.email;
    form.elements.password.value = accounts.password;
    submit.focus();
  };
  const kind = (name, list) => list.map((account) =>
    h("li", {}, h("button", { type: "button", class: "account", onclick: fill(account) },
      h("span", { class: "soft" }, say(name)), ` ${account.email}`)));
  return [
    h("h1", {}, say("sign_in")),
    h("div", { class: "halves" },
      form,
      accounts && h("section", { class: "card" },
        h("h2", {}, say("demo_accounts")),
        h("p", { class: "soft" }, say("demo_hint")),
        h("ul", { class: "plain" },
          kind("producer", accounts.producers),
          kind("freelancer", accounts.freelancers),
          kind("administrator", accounts.administrators)))),
  ];
}

/** What somebody sees first once signed in: by the group of their account. */
export async function home() {
  await loadTaxonomy();
  const mine = groups();
  if (mine.includes("admins")) return administratorHome();
  if (mine.includes("freelancers")) return freelancerHome();
  return producerHome();
}

async function producerHome() {
  const list = h("ul", { class: "plain rows" });
  const more = h("p", {});
  const load = async (cursor) => {
    const page = await get(cursor ? `/briefs?cursor=${encodeURIComponent(cursor)}` : "/briefs", language()).catch(noCompany);
    list.append(...page.briefs.map(briefRow));
    more.replaceChildren(...(page.cursor
      ? [h("button", { class: "button quiet", onclick: () => load(page.cursor) }, say("more"))] : []));
    return page;
  };
  const [first, cases] = await Promise.all([load(null), myCases()]);
  return [
    h("h1", {}, say("my_projects")),
    first.briefs.length ? list : h("p", { class: "card" }, say("no_projects")),
    more,
    ...verifications(cases),
  ];
}

function noCompany(refused) {
  if (refused.status === 409) return { briefs: [], cursor: null };
  throw refused;
}

function briefRow(brief) {
  return h("li", { class: "card row" },
    h("div", {},
      h("a", { class: "title", href: `#/briefs/${brief.brief_id}` }, brief.code_name ?? "…"),
      h("p", { class: "soft" }, [label("roles", brief.role), label("formats", brief.format)].filter(Boolean).join(" · "))),
    clock(brief));
}

function clock(brief) {
  const urgent = brief.status === "live" && brief.days_left != null && brief.days_left <= 14;
  return h("p", { class: "clock" },
    h("span", { class: `tag ${brief.status}` }, say(brief.status)),
    brief.status === "live" && brief.days_left != null
      && h("strong", { class: urgent ? "urgent" : "" }, say("days_left", brief.days_left)),
    brief.deadline && h("span", { class: "soft" }, say("deadline", day(brief.deadline))));
}

/** A project, its shortlist and its people; asks again while the shortlist is being computed. */
export async function brief(id, show) {
  await loadTaxonomy();
  const [project, matches] = await Promise.all([get(`/briefs/${id}`, language()), get(`/briefs/${id}/matches`, language())]);
  const pending = matches.status === "pending" && project.status === "live";
  if (pending) setTimeout(() => show({ quietly: true }), PENDING_EVERY);
  else if (awaited === id) {
    announce(matches.matches.length ? say("shown", matches.matches.length, matches.eligible) : say("nobody"));
  }
  awaited = pending ? id : null;
  const contacts = await contactsOf(project);
  return [
    h("p", {}, h("a", { href: "#/" }, say("back"))),
    h("h1", {}, project.code_name ?? "…"),
    h("p", { class: "soft" }, [
      label("roles", project.role), label("formats", project.format),
      ...project.genres.map((genre) => label("genres", genre)),
    ].filter(Boolean).join(" · ")),
    clock(project),
    project.logline && h("p", { class: "logline", lang: spoken(project.logline) }, both(project.logline)),
    h("h2", { id: "shortlist" }, say("shortlist")),
    ...shortlist(project, matches, contacts, show),
    ...contactList(contacts),
    matches.status !== "pending" && ending(project, show), // not on a screen that redraws itself
  ];
}

function shortlist(project, matches, contacts, show) {
  if (matches.status === "pending") {
    return project.status === "live" ? [h("p", { class: "card", "aria-busy": "true" }, say("pending"))] : [];
  }
  if (!matches.matches.length) return [h("p", { class: "card" }, say("nobody"))];
  const invitation = inviting(project, matches.matches, contacts, show);
  return [
    h("p", { class: "soft" }, say("shown", matches.matches.length, matches.eligible)),
    h("ol", { class: "plain seats" }, matches.matches.map((match) => seat(match, project, invitation))),
    h("p", { class: "soft" }, say("free_choice")),
    invitation.form,
  ];
}

function seat(match, project, invitation) {
  const { profile } = match;
  const note = match.why === "rank" ? null : h("span", { class: "tag" }, say(match.why));
  return h("li", { class: "card seat" },
    h("div", { class: "row" },
      h("h3", {}, `${match.position}. ${profile.display_name}`),
      h("p", { class: "score" },
        h("meter", { min: 0, max: 100, value: match.score, "aria-hidden": "true" }),
        say("score", number(match.score, 1)))),
    h("p", { class: "soft" }, [
      label("seniority", profile.level), say("years", profile.verified_years), label("regions", profile.region),
    ].filter(Boolean).join(" · "), " ", note),
    profile.background && h("p", {}, background(profile)),
    h("ul", { class: "reasons" }, match.reasons.map((reason) => h("li", {}, both(reason.text)))),
    profile.day_rate && h("p", { class: "soft" }, say("rate", number(profile.day_rate.min), number(profile.day_rate.max))),
    h("details", {}, h("summary", {}, say("works")),
      h("ul", { class: "works" }, profile.credits.map(work))),
    h("details", {}, h("summary", {}, say("why")), h("p", {}, both(match.summary)), contributions(match)),
    changes(`/briefs/${project.brief_id}/matches/${profile.profile_id}`),
    invitation.of(match));
}

/** The badge of somebody at the beginning whose way was confirmed. */
function background({ background: confirmed }) {
  return confirmed && h("span", { class: "tag checked" },
    say("background", confirmed.kinds.map((kind) => say("papers")[kind])));
}

/** What would move somebody, asked for when it is opened. */
function changes(path) {
  const place = h("div", {});
  let asked = false;
  const ask = async () => {
    if (asked) return;
    asked = true;
    try {
      const { counterfactuals } = await get(path, language());
      const told = counterfactuals.length ? counterfactuals.map((change) => both(change.text)) : [say("nothing_moves")];
      place.replaceChildren(h("ul", { class: "reasons" }, told.map((one) => h("li", {}, one))));
    } catch {
      asked = false;
      place.replaceChildren(h("p", { class: "error", role: "alert" }, say("failed")));
    }
  };
  return h("details", { ontoggle: ask }, h("summary", {}, say("what_if")), place);
}

function work(credit) {
  const details = [label("roles", credit.function), label("formats", credit.format), label("broadcasters", credit.broadcaster)];
  return h("li", {}, h("cite", {}, credit.title), ` (${credit.year}) · ${details.filter(Boolean).join(" · ")} `,
    h("span", { class: credit.level > 0 ? "tag checked" : "tag" }, say("verification")[credit.level]));
}

function contributions(match) {
  return h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("criterion")), h("th", { scope: "col" }, say("points")))),
    h("tbody", {}, match.contributions.map((part) => h("tr", {},
      h("th", { scope: "row" }, both(part.labels)),
      h("td", {}, `${number(part.points, 1)} / ${number(part.maximum, 0)}`)))));
}

async function freelancerHome() {
  const none = (refused) => { if ([403, 404].includes(refused.status)) return null; throw refused; };
  const [profile, projects, cases] = await Promise.all([
    get("/profiles/mine", language()).catch(none), get("/projects?order=fits_me", language()).catch(none), myCases(),
  ]);
  const cards = projects?.projects ?? [];
  const ask = profile?.status === "draft" && !cases.some((one) => one.kind === "profile" && isOpen(one));
  return [
    h("h1", {}, say("my_profile")),
    h("p", { class: "card" }, profile
      ? [h("strong", {}, profile.display_name), " · ", say(`profile_${profile.status}`), " ", background(profile)]
      : say("no_profile")),
    ask && h("p", {}, h("button", { class: "button", onclick: () => openCase("profile") }, say("prepare_case"))),
    ...verifications(cases),
    h("h2", {}, say("open_projects")),
    cards.length ? h("ul", { class: "plain rows" }, cards.map(projectCard)) : h("p", { class: "card" }, say("no_open_projects")),
    cards.length && h("p", {}, h("a", { href: "#/projects" }, say("choose_projects"))),
  ];
}

function verifications(cases) {
  return cases.length ? [h("h2", {}, say("my_cases")), h("ul", { class: "plain rows" }, cases.map(caseRow))] : [];
}

/** The administrators' queue, the soonest due first. */
async function administratorHome() {
  const list = h("ul", { class: "plain rows" });
  const more = h("p", {});
  const load = async (cursor) => {
    const page = await get(`/verification/cases${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, language());
    list.append(...page.cases.map(queueRow));
    more.replaceChildren(...(page.cursor
      ? [h("button", { class: "button quiet", onclick: () => load(page.cursor) }, say("more"))] : []));
    return page;
  };
  const first = await load(null);
  return [
    h("h1", {}, say("waiting_cases")),
    first.shortage && h("p", { class: "card error" }, both(first.shortage.message)),
    first.cases.length ? list : h("p", { class: "card" }, say("nothing_waiting")),
    more,
  ];
}

function queueRow(found) {
  const late = found.clock && found.clock.seconds_left < 0;
  return h("li", { class: "card row" },
    h("div", {},
      h("span", { class: "title" }, say(`queue_${found.kind}`)),
      h("p", { class: "soft" }, [
        found.credits > 0 && say("credit_count", found.credits),
        found.route_label && both(found.route_label),
        found.awaits_second && say("awaits_second"),
        found.pressing && say("pressing"),
      ].filter(Boolean).join(" · "))),
    h("p", { class: "clock" },
      h("span", { class: "tag" }, both(found.state_label)),
      found.clock && h("strong", { class: late ? "urgent" : "" }, both(found.clock.words))));
}

/** What stands there when a screen could not be made. */
export function failure(error, retry) {
  const missing = error instanceof Refused && [403, 404].includes(error.status);
  const unverified = missing && error.code === "profile_not_verified";
  return [
    h("p", { class: "card error", role: "alert" },
      unverified ? typeset(error.message) : missing ? say("not_found") : say("failed")),
    h("p", {}, missing
      ? h("a", { href: "#/" }, say("home"))
      : h("button", { class: "button", onclick: retry }, say("retry"))),
  ];
}
