// An alarm as whoever it is about reads it: what it says, on which papers, what follows, until when to answer or contest.

import { get, post } from "./api.js";
import { h } from "./dom.js";
import { form } from "./forms.js";
import { both, day, language, moment, say } from "./text.js";

const ANSWERABLE = ["raised"];

/** One alarm. `show` draws the screen again. */
export async function alarm(id, show) {
  const found = await get(`/verification/mine/alarms/${id}`, language());
  return [
    h("p", {}, h("a", { href: "#/" }, say("home"))),
    h("h1", {}, say(`alarm_of_${found.kind}`)),
    standing(found),
    ...said(found),
    ...reply(found, show),
    ...rulings(found, "decision_title", ["put_in_force", "dismiss"]),
    ...appeal(found, show),
    ...rulings(found, "last_decision_title", ["uphold", "lift"]),
    h("p", { class: "soft spaced" }, say("alarm_rights")),
  ];
}

function standing(found) {
  return h("section", { class: "card" },
    h("p", { class: "clock" },
      h("span", { class: "tag" }, both(found.state_label)),
      ANSWERABLE.includes(found.state) && h("strong", {}, say("reply_until", moment(found.reply_until))),
      found.until && !found.ended_at && h("span", { class: "soft" }, say("ends_by_itself", day(found.until)))),
    h("p", {}, both(found.what_follows)));
}

function said(found) {
  return [
    h("h2", {}, say("alarm_said")),
    h("section", { class: "card" },
      h("p", {}, h("strong", {}, both(found.reason_label))),
      found.text && h("blockquote", {}, found.text),
      h("p", { class: "soft" }, say("raised_on", day(found.raised_at)), say("colon"), both(found.basis_label)),
      found.papers.length > 0 && [
        h("h3", {}, say("alarm_papers")),
        h("ul", {}, found.papers.map((paper) => h("li", {}, both(paper.label), " ",
          h("span", { class: "soft" }, say("on_file_since", day(paper.received_at)))))),
        h("p", { class: "soft" }, say("alarm_copies")),
      ]),
  ];
}

function reply(found, show) {
  if (found.reply) return written("your_reply", found.reply.replied_at, found.reply.text);
  if (!ANSWERABLE.includes(found.state)) return [];
  return [
    h("h2", {}, say("your_reply")),
    h("section", { class: "card" }, form({
      name: "answer",
      label: say("your_account"),
      hint: say("reply_hint"),
      button: say("send_answer"),
      send: (content, key) => post(`/verification/mine/alarms/${found.alarm_id}/answer`, content, language(), key),
      then: show,
    })),
  ];
}

function rulings(found, title, acts) {
  const these = found.rulings.filter((one) => acts.includes(one.act));
  if (!these.length) return [];
  return [
    h("h2", {}, say(title)),
    ...these.map((one) => h("section", { class: "card spaced" },
      h("p", {}, h("strong", {}, say(`alarm_${one.act}`))),
      one.text && h("blockquote", {}, one.text),
      h("p", { class: "soft" }, say("decided_on", day(one.at))))),
  ];
}

function appeal(found, show) {
  if (found.appealed_at) return written("appeal_title", found.appealed_at, found.appeal_text);
  if (!found.appeal_until) return [];
  return [h("details", { class: "card spaced" },
    h("summary", {}, say("contest")),
    h("p", {}, say("contest_alarm", day(found.appeal_until))),
    form({
      name: "appeal",
      label: say("your_reasons"),
      button: say("send_appeal"),
      least: 10,
      send: (content, key) => post(`/verification/mine/alarms/${found.alarm_id}/appeal`, content, language(), key),
      then: show,
    }))];
}

function written(title, at, text) {
  return [
    h("h2", {}, say(title)),
    h("section", { class: "card" },
      h("p", { class: "soft" }, say("appealed_on", day(at))),
      text && h("blockquote", {}, text)),
  ];
}
