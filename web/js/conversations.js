// What a production and a freelancer say to each other about a project, and how far they have come. Opening a screen
// changes nothing: everything that changes something is a button.

import { get, groups, post, remove, sendFile } from "./api.js";
import { announce, choice, h } from "./dom.js";
import { act, area, form, formOf } from "./forms.js";
import { label, loadTaxonomy } from "./taxonomy.js";
import { terms } from "./terms.js";
import { both, day, language, moment, say } from "./text.js";

const NO = ["another_profile", "closer_experience", "other_dates", "other_budget", "other_working_mode",
  "project_changed", "project_stopped", "rights_lapsed"];
const YES = ["story_shared", "experience_fits", "to_meet"];
const BREAKS = ["project_stopped", "dates", "disagreement", "personal", "other"];
const REPORTS = ["contact_outside", "identity_sought", "discrimination", "harassment", "unpaid_work", "fraud", "other"];

/** One's conversations, the last changed first. */
export async function conversations() {
  await loadTaxonomy();
  const list = h("ul", { class: "plain rows" });
  const more = h("p", {});
  const load = async (cursor) => {
    const page = await get(`/conversations${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, language());
    list.append(...page.conversations.map(conversationRow));
    more.replaceChildren(...(page.cursor ? [act({
      button: say("more"), quiet: true, send: () => load(page.cursor), then: () => {},
    })] : []));
    return page;
  };
  const first = await load(null);
  const none = groups().includes("freelancers") ? "no_conversations_freelancer" : "no_conversations_producer";
  return [
    h("p", {}, h("a", { href: "#/" }, say("home"))),
    h("h1", {}, say("conversations")),
    first.conversations.length || first.cursor ? list : h("p", { class: "card" }, say(none)),
    more,
  ];
}

/** The conversation that the reader has about a project as a freelancer, null without. */
export async function conversationAbout(project) {
  let cursor = null;
  do {
    const page = await get(`/conversations${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, language());
    const found = page.conversations.find((one) => one.project_id === project && one.side === "freelancer");
    if (found) return found;
    cursor = page.cursor;
  } while (cursor);
  return null;
}

export function conversationRow(found) {
  const producer = found.side === "producer";
  return h("li", { class: "card row" },
    h("div", {},
      h("a", { class: "title", href: `#/conversations/${found.conversation_id}` },
        producer ? both(found.opposite) : found.code_name),
      h("p", { class: "soft" }, [
        producer ? found.code_name : both(found.opposite),
        label("roles", found.role),
        found.last_message_at && say(found.last_message_mine ? "last_mine" : "last_theirs", moment(found.last_message_at)),
      ].filter(Boolean).join(" · "))),
    h("p", { class: "clock" },
      h("span", { class: `tag ${found.state}` }, both(found.state_label)),
      expected(found) && h("strong", {}, expected(found))));
}

/** What waits for the reader, in few words; null for nothing. */
function expected(found) {
  if (found.state === "invited" && found.may.includes("show_interest")) return say("expects_reply");
  if (found.side === "producer" && found.may.includes("answer") && !found.answer && found.answer_due_at) {
    return say("expects_answer", day(found.answer_due_at));
  }
  if (found.may.includes("agree_to_reveal") && found.reveal.theirs_at) return say("expects_reveal");
  if (found.may.includes("confirm_engagement") && found.engagement.theirs_at) return say("expects_engagement");
  return null;
}

/** One conversation. `show` draws the screen again. */
export async function conversation(id, show) {
  await loadTaxonomy();
  const [found, page] = await Promise.all([
    get(`/conversations/${id}`, language()), get(`/conversations/${id}/messages`, language()),
  ]);
  const done = (name) => ({ then: () => show({ said: say(name) }), again: () => show() });
  const report = reporting(found, page.messages);
  return [
    h("p", {}, h("a", { href: "#/conversations" }, say("all_conversations"))),
    h("h1", {}, found.code_name),
    standing(found),
    ...answered(found),
    ...interest(found, show),
    ...answering(found, show),
    ...opposite(found),
    ...reveal(found, done),
    ...engagement(found, done),
    ...talk(found, page, show, report),
    h("div", { class: "spaced" }, declining(found, show), breaking(found, done), report.element),
  ];
}

function standing(found) {
  const producer = found.side === "producer";
  return h("section", { class: "card", "aria-label": say("standing") },
    h("p", { class: "clock" },
      h("span", { class: `tag ${found.state}` }, both(found.state_label)),
      h("strong", {}, both(found.opposite)),
      h("span", { class: "soft" }, producer ? label("seniority", found.person?.level) : label("roles", found.role))),
    h("p", {}, say(`stands_${found.side}`)[found.state]),
    h("p", { class: "soft" }, [
      found.invited_at && say("invited_on", day(found.invited_at)),
      found.interested_at && say("interested_on", day(found.interested_at)),
      found.declined_at && say("declined_on", day(found.declined_at)),
      !found.answer && found.answer_due_at && ["interested", "revealed"].includes(found.state)
        && say(producer ? "answer_owed" : "answer_promised", moment(found.answer_due_at)),
    ].filter(Boolean).join(" · ")),
    found.broken && h("p", {}, say(found.broken.mine ? "broken_mine" : "broken_theirs", day(found.broken.at)),
      say("colon"), both(found.broken.reason.labels)),
    !found.project_live && h("p", { class: "soft" }, say("not_live")),
    h("p", {}, h("a", { href: producer ? `#/briefs/${found.project_id}` : `#/projects/${found.project_id}` }, say("see_project"))));
}

function answered({ answer, side }) {
  if (!answer) return [];
  return [
    h("h2", {}, say(side === "producer" ? "answer_given" : "answer_received")),
    h("section", { class: "card" },
      h("p", {}, h("strong", {}, say(`decision_${answer.decision}`)), say("colon"), both(answer.reason.labels)),
      h("blockquote", {}, both(answer.message)),
      h("p", { class: "soft" }, say("answered_at", day(answer.answered_at)))),
  ];
}

// ---- interest, and the answer to it

function interest(found, show) {
  if (!found.may.includes("show_interest")) return [];
  return [
    h("h2", {}, say(found.state === "invited" ? "reply_to_invitation" : found.state === "declined" ? "think_again" : "interested_title")),
    h("section", { class: "card" }, interestForm(found, show)),
  ];
}

/** Says interest in a project, with a word and answers to the guided questions for whoever wants to. */
export function interestForm({ project_id: project }, show) {
  const answers = Object.entries(say("questions")).map(([id, words]) => [id, area({
    name: `interest-${id}`, label: words, rows: 3, optional: true,
  })]);
  const word = area({ name: "interest-word", label: say("a_word"), rows: 3, optional: true });
  const begun = answers.some(([, one]) => one.written());
  const given = () => answers.filter(([, one]) => one.written());
  return formOf({
    fields: [
      h("p", {}, say("interest_what")),
      word.nodes,
      h("details", { open: begun }, h("summary", {}, say("guided")),
        h("p", { class: "soft" }, say("guided_hint")), answers.map(([, one]) => one.nodes)),
    ],
    areas: () => ({
      "/text": word.field,
      ...Object.fromEntries(given().map(([, one], index) => [`/answers/${index}/text`, one.field])),
    }),
    button: say("show_interest"),
    send: () => post(`/projects/${project}/interest`, {
      text: word.written() || null,
      answers: given().map(([question, one]) => ({ question, text: one.written() })),
    }, language()),
    sent: () => {
      word.clear();
      for (const [, one] of answers) one.clear();
    },
    then: () => show({ said: say("interest_shown") }),
    again: () => show(),
  });
}

function answering(found, show) {
  if (!found.may.includes("answer")) return [];
  const reasons = (ids) => ids.map((id) => [id, say("answer_reasons")[id]]);
  const reason = choice("answer-reason", say("answer_which"), [
    [say("decision_retained"), reasons(YES)], [say("decision_not_retained"), reasons(NO)],
  ], { first: say("choose"), required: true });
  const chosen = () => reason[1].value;
  return [h("details", { class: "card spaced", open: !found.answer },
    h("summary", {}, say(found.answer ? "answer_again" : "answer_title", both(found.opposite))),
    h("p", {}, say("answer_what")),
    form({
      name: "answer",
      above: reason,
      label: say("answer_text"),
      hint: say("answer_text_hint"),
      optional: true,
      button: say("send_answer"),
      content: (text) => ({
        decision: YES.includes(chosen()) ? "retained" : "not_retained", reason: chosen(), text: text || null,
      }),
      send: (content) => post(`/conversations/${found.conversation_id}/answer`, content, language()),
      then: () => show({ said: say("answer_sent") }),
      again: () => show(),
    }))];
}

/** A freelancer's no: nothing follows from it. */
export function declineButton(project, show) {
  return [
    h("p", {}, say("decline_what")),
    act({
      button: say("not_for_me"), quiet: true, send: () => post(`/projects/${project}/decline`, {}, language()),
      then: () => show({ said: say("declined") }), again: () => show() }),
  ];
}

function declining(found, show) {
  if (!found.may.includes("decline")) return null;
  return h("details", { open: found.state === "invited" }, h("summary", {}, say("not_for_me")),
    declineButton(found.project_id, show));
}

// ---- who is opposite

function opposite({ company, person, side, reveal: { since } }) {
  if (!since) return [];
  const facts = side === "freelancer" ? companyFacts(company) : person && [[say("email"), mail(person.email)]];
  if (!facts) return [];
  return [
    h("h2", {}, say(side === "freelancer" ? "company_behind" : "person_behind")),
    h("section", { class: "card" },
      h("p", { class: "soft" }, say("revealed_on", day(since))),
      definitions([[say("name"), side === "freelancer" ? company.legal_name : person.display_name], ...facts])),
  ];
}

function companyFacts(company) {
  return company && [
    [say("siren"), company.siren],
    [say("people"), company.people.join(", ")],
    [say("contacts"), company.contacts.flatMap((one, index) => [index ? ", " : "", mail(one)])],
    [say("domain"), company.email_domain],
    [say("addresses"), company.addresses.join(" · ")],
    [say("confidential_title"), company.confidential_title],
    [say("targeted_broadcaster"), label("broadcasters", company.targeted_broadcaster)],
  ];
}

const mail = (address) => address && h("a", { href: `mailto:${address}` }, address);

/** Names and what they stand for; without those that stand for nothing. */
export function definitions(pairs) {
  return h("dl", {}, pairs.filter(([, value]) => value && value.length !== 0)
    .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function reveal(found, done) {
  const { may, reveal: { mine_at: mine, theirs_at: theirs } } = found;
  const path = `/conversations/${found.conversation_id}/reveal`;
  if (may.includes("withdraw_from_reveal")) {
    return [h("section", { class: "card spaced" }, h("h2", {}, say("reveal_title")),
      h("p", {}, mine && say("reveal_agreed", day(mine))),
      act({ button: say("withdraw_reveal"), quiet: true, send: () => remove(path, language()), ...done("reveal_withdrawn") }))];
  }
  if (!may.includes("agree_to_reveal")) return [];
  const confidential = h("div", {});
  const agree = act({
    button: say(theirs ? "agree_reveal_now" : "agree_reveal"),
    send: () => post(path, {}, language()),
    ...done(theirs ? "revealed_now" : "reveal_asked"),
    instead: async (refused, button) => {
      if (refused.code !== "terms_not_accepted") return false;
      const read = await terms(found.project_id, () => {
        confidential.replaceChildren(h("p", {}, h("strong", {}, say("terms_now_agree"))));
        announce(say("terms_now_agree"));
        button.focus();
      });
      confidential.replaceChildren(h("p", { class: "spaced" }, h("strong", {}, say("terms_first"))), read);
      announce(say("terms_first"));
      read.focus();
      return true;
    },
  });
  return [h("section", { class: "card spaced" }, h("h2", {}, say("reveal_title")),
    theirs && h("p", {}, h("strong", {}, say("reveal_theirs", both(found.opposite), day(theirs)))),
    h("p", {}, say("reveal_means")),
    h("ul", {}, say(`reveal_consequences_${found.side}`).map((one) => h("li", {}, one))),
    h("p", {}, say(theirs ? "reveal_at_once" : "reveal_until_then")),
    confidential, agree)];
}

// ---- what it came to

function engagement(found, done) {
  const { may, engagement: { mine_at: mine, theirs_at: theirs, since } } = found;
  const path = `/conversations/${found.conversation_id}/outcome`;
  const tell = (outcome) => () => post(path, { outcome }, language());
  const content = [
    since && h("p", {}, say("engaged_since", day(since))),
    !since && mine && h("p", {}, say("engagement_mine", day(mine))),
    !since && theirs && h("p", {}, h("strong", {}, say("engagement_theirs", both(found.opposite), day(theirs)))),
    may.includes("confirm_engagement") && [
      h("p", {}, say("engagement_what")),
      act({ button: say("confirm_engagement"), send: tell("engaged"), ...done("engagement_confirmed") })],
    may.includes("withdraw_engagement") && act({
      button: say("withdraw_engagement"), quiet: true, send: tell("engagement_withdrawn"), ...done("engagement_withdrawn") }),
  ].flat().filter(Boolean);
  return content.length ? [h("section", { class: "card spaced" }, h("h2", {}, say("engagement_title")), content)] : [];
}

function breaking(found, done) {
  if (!found.may.includes("break_mission")) return null;
  const reason = choice("break-reason", say("break_reason"), BREAKS.map((id) => [id, say("break_reasons")[id]]), {
    first: say("choose"), required: true,
  });
  return h("details", {}, h("summary", {}, say("break_title")),
    h("p", {}, say("break_what")),
    formOf({
      fields: reason,
      button: say("break_mission"),
      quiet: true,
      send: () => post(`/conversations/${found.conversation_id}/outcome`,
        { outcome: "broken", break_reason: reason[1].value }, language()),
      ...done("mission_broken"),
    }));
}

// ---- messages

function talk(found, page, show, report) {
  const path = `/conversations/${found.conversation_id}/messages`;
  const list = h("ol", { class: "plain talk", "aria-label": say("messages") });
  const earlier = h("p", {});
  const nothing = h("p", { class: "soft" }, say("no_messages"));
  const rows = (messages) => [...messages].reverse().map((one) => message(one, found, report));
  const place = (got) => {
    list.prepend(...rows(got.messages));
    earlier.replaceChildren(...(got.cursor ? [act({
      button: say("load_earlier"), quiet: true, send: () => load(got.cursor), then: () => {},
    })] : []));
  };
  const load = async (cursor) => {
    const got = await get(`${path}?cursor=${encodeURIComponent(cursor)}`, language());
    const standing = list.firstElementChild;
    const was = standing?.getBoundingClientRect().top ?? 0;
    place(got);
    report.offer(got.messages);
    // What was being read stays where it was; the focus goes to what is new, for the button may be gone.
    const last = standing?.previousElementSibling ?? standing;
    last?.focus({ preventScroll: true });
    if (standing) window.scrollBy(0, standing.getBoundingClientRect().top - was);
    announce(say("earlier_loaded", got.messages.length));
  };
  place(page);
  return [
    h("div", { class: "row" }, h("h2", {}, say("messages")),
      h("button", { type: "button", class: "link", onclick: () => show() }, say("refresh"))),
    earlier,
    list,
    page.messages.length ? "" : nothing,
    found.may.includes("add_file") ? adding(found, show) : "",
    found.may.includes("write") ? composer(found, path, show, (said) => {
      nothing.remove();
      list.append(message(said, found, report));
      announce(say("message_sent"));
    }) : h("p", { class: "soft" }, say("no_more_messages")),
  ];
}

function message(one, found, report) {
  return h("li", { class: one.mine ? "message mine" : "message", tabindex: "-1" },
    h("p", { class: "soft" }, h("strong", {}, one.mine ? say("you") : both(found.opposite)), " · ",
      h("time", { datetime: one.sent_at }, moment(one.sent_at))),
    one.question && h("p", { class: "about" }, both(one.question.labels)),
    one.attachment ? attached(one.attachment, found) : h("p", { class: "words" }, one.text),
    one.masked && h("p", { class: "soft" }, say("masked")),
    !one.mine && h("p", {}, h("button", {
      type: "button", class: "link small", "aria-label": say("report_of", moment(one.sent_at)), onclick: () => report.about(one),
    }, say("report_short"))));
}

/** A file in the place of words. Its link is asked for when it is wanted, for it holds for five minutes. */
function attached(file, found) {
  const path = `/conversations/${found.conversation_id}/attachments/${file.attachment_id}`;
  if (file.status !== "added") return h("p", { class: "soft" }, say("files")[file.status]);
  const standing = h("div", {},
    h("p", { class: "words" }, file.name, " ", h("span", { class: "soft" }, size(file.size))),
    act({
      button: say("download_file", file.name), quiet: true, then: () => {},
      send: async () => location.assign((await get(path, language())).url) }),
    file.mine && act({
      button: say("take_back_file", file.name), quiet: true, send: () => remove(path, language()),
      then: () => {
        standing.replaceChildren(h("p", { class: "soft", tabindex: "-1" }, say("files").withdrawn));
        standing.firstElementChild.focus();
        announce(say("files").withdrawn);
      } }));
  return standing;
}

/** Sends a file to where it is kept, with the form that the API gives for it; it stands in the conversation once it has
 * been looked at. */
function adding(found, show) {
  const path = `/conversations/${found.conversation_id}/attachments`;
  const field = h("input", {
    type: "file", id: "file", name: "file", required: true, accept: Object.keys(KINDS_OF_FILES).join(","),
    "aria-describedby": "file-hint",
  });
  const refused = h("p", { role: "alert" });
  return h("section", { class: "card spaced", "aria-label": say("add_file") }, formOf({
    fields: [
      h("label", { for: "file" }, say("add_file")), h("p", { class: "soft", id: "file-hint" }, say("add_file_hint")), field,
      refused,
    ],
    button: say("send_file"),
    quiet: true,
    send: async () => {
      const [file] = field.files;
      const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
      const { attachment, upload } = await post(path, {
        name: file.name, media_type: KINDS_OF_FILES[ending] ?? file.type, size: file.size,
      }, language(), crypto.randomUUID());
      await sendFile(upload, file);
      return post(`${path}/${attachment.attachment_id}/confirm`, {}, language());
    },
    done: (file) => {
      if (file.status === "added") return show({ said: say("file_sent") });
      refused.textContent = file.explanation ? both(file.explanation) : say("files")[file.status];
      return null;
    },
    again: () => show(),
  }));
}

const KINDS_OF_FILES = {
  ".pdf": "application/pdf", ".odt": "application/vnd.oasis.opendocument.text",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".fdx": "application/x-final-draft", ".fountain": "text/plain", ".txt": "text/plain",
  ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
};

const size = (bytes) => {
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
  return bytes < 1e6 ? say("kilobytes", number.format(Math.ceil(bytes / 1e3))) : say("megabytes", number.format(bytes / 1e6));
};

function composer(found, path, show, sent) {
  let question = null;
  const about = h("div", {});
  const suggest = (one) => {
    question = one;
    about.replaceChildren(...(one ? [h("p", { class: "about" }, both(one.labels), " ",
      h("button", { type: "button", class: "link", onclick: () => { suggest(null); focus(); } }, say("without_question")))] : []));
  };
  const focus = () => element.querySelector("textarea").focus();
  const element = form({
    name: "message",
    above: [
      h("details", { open: found.messages === 0 }, h("summary", {}, say("guided")),
        h("p", { class: "soft" }, say(`guided_${found.side}`)),
        h("ul", { class: "plain" }, found.guided_questions.map((one) => h("li", {},
          h("button", { type: "button", class: "account", onclick: () => { suggest(one); focus(); } }, both(one.labels)))))),
      about,
    ],
    label: say("your_message"),
    hint: found.reveal.since ? null : say(`message_hint_${found.side}`),
    button: say("send_message"),
    content: (text) => ({ text, question: question?.id ?? null }),
    send: (content, key) => post(path, content, language(), key),
    again: () => show(),
    done: (said, _, field) => {
      suggest(null);
      sent(said);
      field.focus();
    },
  });
  return h("section", { class: "card spaced", "aria-label": say("your_message") }, element);
}

// ---- reports

/** The form that asks administrators to look, and the ways to open it about one message. */
function reporting(found, messages) {
  const target = choice("report-target", say("report_target"), [], { first: say("report_whole") })[1];
  const reason = choice("report-reason", say("report_reason"), REPORTS.map((id) => [id, say("report_reasons")[id]]), {
    first: say("choose"), required: true,
  });
  const offer = (those) => target.append(...those.filter((one) => !one.mine).map((one) =>
    h("option", { value: one.message_id }, `${moment(one.sent_at)} · ${(one.attachment?.name ?? one.text).slice(0, 40)}`)));
  offer(messages);
  const element = h("details", {}, h("summary", {}, say("report_title")),
    h("p", {}, say("report_what")),
    form({
      name: "report",
      above: [h("label", { for: "report-target" }, say("report_target")), target, ...reason],
      label: say("report_text"),
      optional: true,
      rows: 3,
      most: 2000,
      button: say("send_report"),
      quiet: true,
      content: (text) => ({ reason: reason[1].value, message_id: target.value || null, text: text || null }),
      send: (content, key) => post(`/conversations/${found.conversation_id}/reports`, content, language(), key),
      done: (_, shown) => {
        const thanks = h("p", { tabindex: "-1" }, say("report_sent"));
        shown.replaceWith(thanks);
        announce(say("report_sent"));
        thanks.focus();
      },
    }));
  const about = (one) => {
    element.open = true;
    target.value = one.message_id;
    target.focus();
  };
  return { element, offer, about };
}
