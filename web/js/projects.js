// Projects as freelancers read them: the open ones, and one of them as far as they have come with it.

import { file, get } from "./api.js";
import { conversationAbout, declineButton, definitions, interestForm } from "./conversations.js";
import { choice, h } from "./dom.js";
import { act, formOf } from "./forms.js";
import { entries, label, listed, loadTaxonomy } from "./taxonomy.js";
import { terms } from "./terms.js";
import { both, day, language, number, say, spoken } from "./text.js";

const OPEN_TO_INTEREST = ["show_interest", "decline"];
const FILTERS = [["role", "roles"], ["genre", "genres"], ["format", "formats"]];

const wanted = { order: "fits_me" };

/** The open projects, what fits the reader first unless they choose otherwise. */
export async function projects(show) {
  await loadTaxonomy();
  const list = h("ul", { class: "plain rows" });
  const more = h("p", {});
  const load = async (cursor) => {
    const query = new URLSearchParams(Object.entries({ ...wanted, cursor }).filter(([, value]) => value));
    const page = await get(`/projects?${query}`, language());
    list.append(...page.projects.map(projectCard));
    more.replaceChildren(...(page.cursor
      ? [act({ button: say("more"), quiet: true, send: () => load(page.cursor), then: () => {} })] : []));
    return page;
  };
  const first = await load(null);
  return [
    h("p", {}, h("a", { href: "#/" }, say("home"))),
    h("h1", {}, say("open_projects")),
    filters(show),
    h("h2", { class: "visually-hidden" }, say("projects")),
    first.projects.length || first.cursor ? list
      : h("p", { class: "card" }, say(FILTERS.some(([name]) => wanted[name]) ? "no_such_projects" : "no_open_projects")),
    more,
  ];
}

function filters(show) {
  const orders = [["fits_me", say("order_fits_me")], ["pressing", say("order_pressing")]];
  const fields = [
    ["order", choice("order", say("order"), orders, { value: wanted.order })],
    ...FILTERS.map(([name, dimension]) => [name, choice(name, say(`filter_${name}`), entries(dimension), {
      first: say("any"), value: wanted[name] ?? "",
    })]),
  ];
  return h("section", { class: "card spaced", "aria-label": say("filters") }, formOf({
    fields: h("div", { class: "fields" }, fields.map(([, field]) => h("div", {}, field))),
    button: say("show_projects"),
    quiet: true,
    send: async () => {
      for (const [name, [, field]] of fields) wanted[name] = field.value;
    },
    then: () => show(),
  }));
}

export function projectCard(project) {
  return h("li", { class: "card" },
    h("div", { class: "row" },
      h("h3", {}, h("a", { href: `#/projects/${project.project_id}` }, project.code_name)),
      urgency(project)),
    h("p", { class: "soft" }, [
      label("roles", project.role), label("formats", project.format), listed("genres", project.genres),
      say("published", day(project.published_on)),
    ].filter(Boolean).join(" · ")),
    project.logline && h("p", { lang: spoken(project.logline) }, both(project.logline)),
    project.budget && h("p", { class: "soft" }, budget(project)));
}

const budget = (project) => project.budget
  && say("budget", number(project.budget.min), number(project.budget.max), project.budget.unit);

const urgency = (project) => project.urgency !== "open"
  && h("p", {}, h("span", { class: project.urgency === "urgent" ? "tag pressing" : "tag" }, say(`urgency_${project.urgency}`)));

/** One project. `show` draws the screen again. */
export async function project(id, show) {
  await loadTaxonomy();
  const [found, talk] = await Promise.all([get(`/projects/${id}`, language()), conversationAbout(id)]);
  return [
    h("p", {}, h("a", { href: "#/projects" }, say("all_projects"))),
    h("h1", {}, found.code_name),
    h("p", { class: "soft" }, [
      label("roles", found.role), label("formats", found.format), listed("genres", found.genres),
    ].filter(Boolean).join(" · ")),
    h("div", { class: "clock" },
      h("span", { class: found.live ? "tag live" : "tag" }, say(found.live ? "live" : "not_live")),
      urgency(found), h("span", { class: "soft" }, say("published", day(found.published_on)))),
    found.logline && h("p", { class: "logline", lang: spoken(found.logline) }, both(found.logline)),
    ...reached(talk),
    ...full(found, show),
    ...behind(found),
    h("h2", {}, say("the_project")),
    h("section", { class: "card" }, card(found)),
    ...acts(found, talk, show),
  ];
}

function reached(talk) {
  if (!talk) return [];
  return [h("section", { class: "card row" },
    h("p", { class: "clock" }, h("span", { class: `tag ${talk.state}` }, both(talk.state_label)),
      h("span", {}, say("stands_freelancer")[talk.state])),
    h("p", {}, h("a", { class: "button", href: `#/conversations/${talk.conversation_id}` }, say("see_conversation"))))];
}

/** What the confidentiality terms open, or the terms. */
function full(found, show) {
  if (found.stage === "card") {
    const place = h("div", {});
    const element = h("details", { class: "card spaced", ontoggle: () => element.open && !place.hasChildNodes() && read() },
      h("summary", {}, say("full_title")), h("p", {}, say("full_what")), place);
    const read = async () => {
      const waiting = h("p", { class: "soft" }, say("loading"));
      place.replaceChildren(waiting);
      try {
        place.replaceChildren(await terms(found.project_id, () => show({ said: say("full_open") })));
      } catch {
        place.replaceChildren(h("p", { class: "error", role: "alert" }, say("failed")),
          h("button", { type: "button", class: "button quiet", onclick: read }, say("retry")));
      }
    };
    return [element];
  }
  return [
    h("h2", {}, say("full_brief")),
    h("section", { class: "card" },
      h("p", { class: "soft" }, say("confidential")),
      found.pitch && [h("h3", {}, say("pitch")), h("p", { class: "words", lang: spoken(found.pitch) }, both(found.pitch))],
      found.detailed_tasks && [h("h3", {}, say("detailed_tasks")), h("p", { class: "words", lang: spoken(found.detailed_tasks) }, both(found.detailed_tasks))],
      definitions([
        [say("rights_status"), label("rights-status", found.rights_status)],
        [say("option_end"), found.option_end_date && day(found.option_end_date)],
      ]),
      act({ button: say("calendar"), quiet: true, send: () => calendar(found), then: () => {}, again: () => show() })),
  ];
}

/** Hands the dates to the browser as a file. */
async function calendar(found) {
  const address = URL.createObjectURL(await file(`/projects/${found.project_id}/calendar`, language()));
  h("a", { href: address, download: `${found.code_name}.ics` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function behind({ company, confidential_title: title, targeted_broadcaster: broadcaster }) {
  if (!company) return [];
  return [
    h("h2", {}, say("company_behind")),
    h("section", { class: "card" }, definitions([
      [say("name"), company.legal_name],
      [say("other_names"), company.other_names.join(", ")],
      [say("siren"), company.siren],
      [say("people"), company.people.join(", ")],
      [say("contacts"), company.emails.flatMap((one, index) => [index ? ", " : "", h("a", { href: `mailto:${one}` }, one)])],
      [say("domain"), company.domain],
      [say("website"), company.website],
      [say("addresses"), company.addresses.join(" · ")],
      [say("confidential_title"), title],
      [say("targeted_broadcaster"), label("broadcasters", broadcaster)],
    ])),
  ];
}

function card(found) {
  const { start_window: start } = found;
  return definitions([
    [say("function"), label("roles", found.role)],
    [say("levels"), listed("seniority", found.levels)],
    [say("tasks"), listed("tasks", found.tasks)],
    [say("format"), [label("formats", found.format), found.episode_count > 1 && say("episodes", found.episode_count)].filter(Boolean).join(", ")],
    [say("genres"), listed("genres", found.genres)],
    [say("tones"), listed("tones", found.tones)],
    [say("universes"), listed("universes", found.universes)],
    [say("stakes"), listed("stakes", found.stakes)],
    [say("audiences"), listed("audiences", found.audiences)],
    [say("development_stage"), label("development-stages", found.development_stage)],
    [say("source_material"), label("source-material", found.source_material)],
    [say("languages"), listed("languages", found.languages)],
    [say("working_mode"), [label("work-modes", found.working_mode), label("regions", found.region)].filter(Boolean).join(", ")],
    [say("start"), start && say("start_between", day(start.from), day(start.until))],
    [say("volume"), found.estimated_days && say("estimated_days", found.estimated_days)],
    [say("budget_title"), budget(found)],
    [say("contract_forms"), listed("contract-forms", found.contract_forms)],
  ]);
}

/** What the reader may do about it: as their conversation says, or the first two acts where there is none yet. */
function acts(found, talk, show) {
  const may = talk ? talk.may : found.live ? OPEN_TO_INTEREST : [];
  return [
    may.includes("show_interest") && h("section", { class: "card spaced" },
      h("h2", {}, say(talk?.state === "declined" ? "think_again" : "interested_title")),
      interestForm(found, show)),
    may.includes("decline") && h("details", { class: "spaced" }, h("summary", {}, say("not_for_me")),
      declineButton(found.project_id, show)),
  ].filter(Boolean);
}
