// A verification as whoever it is about follows it: what is checked, what is missing, what was asked, what was decided.

import { get, post } from "./api.js";
import { h } from "./dom.js";
import { act, form } from "./forms.js";
import { both, day, language, moment, say } from "./text.js";

const RUNNING_EVERY = 1500;
const RUNNING = ["submitted", "checks_running"];
const DECIDED = ["verified", "partly_verified", "refused"];
const OVER = [...DECIDED, "final", "withdrawn", "expired"];
const FACTS = ["work", "participation", "function"];

/** One case. `show` draws the screen again; quietly where it refreshes by itself. */
export async function verificationCase(id, show) {
  const found = await get(`/verification/mine/${id}`, language());
  if (isRunning(found)) setTimeout(() => show({ quietly: true }), RUNNING_EVERY);
  return [
    h("p", {}, h("a", { href: "#/" }, say("home"))),
    h("h1", {}, say(`case_of_${found.kind}`)),
    standing(found),
    ...submission(found, show),
    ...missing(found),
    ...questions(found, show),
    ...decision(found, show),
    ...credits(found),
    ...checks(found),
    ...withdrawal(found, show),
  ];
}

/** The cases of the account, for the screen that it starts from. */
export async function myCases() {
  const { cases } = await get("/verification/mine", language());
  return cases;
}

/** Opens a case on the whole profile or company and goes to it. */
export async function openCase(kind) {
  const opened = await post("/verification/mine", { kind }, language(), crypto.randomUUID());
  location.hash = `#/verification/${opened.case_id}`;
}

export const isOpen = (found) => !OVER.includes(found.state);

/** Whether checks are under way, and nothing on the screen that somebody may be writing in. */
const isRunning = (found) => RUNNING.includes(found.state)
  || (isOpen(found) && found.state !== "information_requested" && found.checks.some((one) => one.status === "under_way"));

export function caseRow(found) {
  return h("li", { class: "card row" },
    h("a", { class: "title", href: `#/verification/${found.case_id}` }, say(`case_of_${found.kind}`)),
    clock(found));
}

function standing(found) {
  return h("section", { class: "card" },
    clock(found),
    found.submitted_at && h("p", { class: "soft" }, say("submitted_on", day(found.submitted_at))));
}

/** The state, and by when the subject hears from us. */
function clock(found) {
  const late = found.clock && found.clock.seconds_left < 0;
  return h("p", { class: "clock" },
    h("span", { class: `tag ${found.outcome && !isOpen(found) ? found.outcome : ""}` }, both(found.state_label)),
    found.clock && h("strong", { class: late ? "urgent" : "" }, both(found.clock.words)),
    found.clock && h("span", { class: "soft" }, say("answer_by", moment(found.clock.due_at))));
}

function submission(found, show) {
  if (found.state !== "draft") return [];
  return [act({
    button: say("submit_case"),
    send: () => post(`/verification/mine/${found.case_id}/submit`, {}, language()),
    then: show,
  })];
}

function missing(found) {
  if (!found.missing.length) return [];
  const titles = new Map(found.badges.map((credit) => [credit.credit_id, credit.title]));
  return [
    h("h2", {}, say("missing_title")),
    h("ul", { class: "card" }, found.missing.map((one) => h("li", {},
      titles.has(one.credit_id) && [h("cite", {}, titles.get(one.credit_id)), say("colon")],
      both(one.message),
      one.until && h("span", { class: "soft" }, ` ${say("until", moment(one.until))}`)))),
  ];
}

function questions(found, show) {
  if (!found.questions.length) return [];
  return [
    h("h2", {}, say("questions_title")),
    ...found.questions.map((question) => h("section", { class: "card spaced" },
      h("p", { class: "soft" }, say("asked_on", day(question.asked_at))),
      h("blockquote", {}, question.text),
      question.answer !== null
        ? [h("p", { class: "soft" }, say("answered_on", day(question.answered_at))), h("blockquote", {}, question.answer)]
        : found.state === "information_requested" && answerForm(found, question, show))),
  ];
}

function answerForm(found, question, show) {
  return form({
    name: "answer",
    label: say("your_answer"),
    hint: say("answer_until", moment(question.until)),
    button: say("send_answer"),
    send: (content, key) => post(`/verification/mine/${found.case_id}/answer`, content, language(), key),
    then: show,
  });
}

function decision(found, show) {
  if (!found.decision) return [];
  return [
    h("h2", {}, say("decision_title")),
    decided(found.decision, found.kind),
    ...appeal(found),
    found.appeal_until && h("details", { class: "card spaced" },
      h("summary", {}, say("contest")),
      h("p", {}, say("contest_how", day(found.appeal_until))),
      form({
        name: "appeal",
        label: say("your_reasons"),
        button: say("send_appeal"),
        least: 10,
        send: (content, key) => post(`/verification/mine/${found.case_id}/appeal`, content, language(), key),
        then: show,
      })),
  ];
}

function decided(one, kind) {
  return h("section", { class: "card" },
    h("p", {}, h("strong", { class: one.outcome === "refused" ? "urgent" : "" }, say(`${kind}_outcome_${one.outcome}`))),
    h("p", {}, say("reason"), both(one.reason)),
    h("blockquote", {}, one.text),
    h("p", { class: "soft" }, say("decided_on", day(one.decided_at)), one.by_two_people && ` ${say("by_two")}`));
}

function appeal(found) {
  if (!found.appeal) return [];
  return [
    h("h2", {}, say("appeal_title")),
    h("section", { class: "card" },
      h("p", { class: "soft" }, say("appealed_on", day(found.appeal.appealed_at))),
      h("blockquote", {}, found.appeal.text),
      !found.appeal.decision && h("p", {}, say("appeal_pending"))),
    found.appeal.decision && [
      h("h2", {}, say("appeal_decision_title")),
      h("p", { class: "soft" }, say(found.appeal.changed ? "appeal_changed" : "appeal_upheld")),
      decided(found.appeal.decision, found.kind),
    ],
  ].flat();
}

function credits(found) {
  if (!found.badges.length) return [];
  return [
    h("h2", {}, say("credits_title")),
    h("p", { class: "soft" }, say("silence")),
    h("ul", { class: "plain rows" }, found.badges.map((credit) => h("li", { class: "card" },
      h("h3", {}, h("cite", {}, credit.title), ` (${credit.year})`),
      h("ul", { class: "plain facts" }, FACTS.map((name) => fact(name, credit))),
      ...found.checks.filter((check) => check.credit_id === credit.credit_id).map(findings)))),
  ];
}

/** A fact of a credit: what shows it, since when and until when; or that it is still to be shown. */
function fact(name, credit) {
  const badge = credit.badges.find((one) => one.fact === name);
  return h("li", { class: badge ? "fact held" : "fact" },
    h("span", { class: "mark", "aria-hidden": "true" }, badge ? "✓" : "–"),
    h("span", {},
      h("strong", {}, say(`fact_${name}`)), " ",
      h("span", { class: "soft" }, badge
        ? say("shown_by", say("sources")[badge.source] ?? badge.source, day(badge.checked_at), day(badge.expires_at))
        : say("not_shown"))));
}

function findings(check) {
  if (!check.findings.length) return null;
  return h("details", {}, h("summary", {}, say("findings")),
    h("ul", { class: "reasons" }, check.findings.map((one) => h("li", {},
      both(one.note), one.url && [" ", h("a", { href: one.url, rel: "noreferrer" }, say("look"))]))));
}

function checks(found) {
  const whole = found.checks.filter((check) => check.credit_id === null);
  if (!whole.length) return [];
  return [
    h("h2", {}, say("checks_title")),
    h("ul", { class: "plain rows" }, whole.map((check) => h("li", { class: "card" },
      h("div", { class: "row" },
        h("h3", {}, both(check.title)),
        h("p", {}, h("span", { class: check.status === "done" ? "tag checked" : "tag" }, say(`check_${check.status}`)))),
      h("p", { class: "soft" }, both(check.method)),
      findings(check)))),
  ];
}

function withdrawal(found, show) {
  if (!isOpen(found) || found.appeal) return [];
  return [h("details", { class: "spaced" }, h("summary", {}, say("withdraw")),
    h("p", {}, say("withdraw_what")),
    act({
      button: say("withdraw"),
      send: () => post(`/verification/mine/${found.case_id}/withdraw`, {}, language()),
      then: show,
      quiet: true,
    }))];
}
