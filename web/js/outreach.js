// A project and its people, for its production: whom to ask, whom it is in touch with, and what everyone hears at the end.

import { get, post, postVersion, put, Refused } from "./api.js";
import { conversationRow } from "./conversations.js";
import { choice, h } from "./dom.js";
import { area, form, formOf } from "./forms.js";
import { both, language, say } from "./text.js";

const ENDS = { closed: ["close", "project_stopped"], filled: ["fill", "another_profile"] };

/** Everyone a project is in touch with; nobody for one that was never online. */
export async function contactsOf(project) {
  if (project.status === "draft") return [];
  try {
    return (await get(`/briefs/${project.brief_id}/conversations`, language())).conversations;
  } catch (refused) {
    if (refused instanceof Refused && refused.status === 404) return [];
    throw refused;
  }
}

/** What the shortlist needs to ask people: `of` gives, for a proposed person, the box that chooses them or where their
 * conversation stands; `form` the word and the button, null when there is nobody to ask. */
export function inviting(project, matches, contacts, show) {
  const known = new Map(contacts.map((one) => [one.person?.profile_id, one]));
  const boxes = new Map();
  for (const { profile } of project.status === "live" ? matches : []) {
    const contact = known.get(profile.profile_id);
    if (contact && contact.state !== "open") continue;
    boxes.set(profile.profile_id, h("input", {
      type: "checkbox", id: `invite-${profile.profile_id}`, value: profile.profile_id, onchange: count,
    }));
  }
  const chosen = () => [...boxes.values()].filter((box) => box.checked).map((box) => box.value);
  const counted = h("p", { class: "soft", role: "status" }, say("invite_none"));

  function count() {
    const number = chosen().length;
    counted.textContent = number ? say("invite_count", number) : say("invite_none");
  }

  const of = ({ profile }) => {
    const box = boxes.get(profile.profile_id);
    const contact = known.get(profile.profile_id);
    return [
      contact && h("p", { class: "clock" }, h("span", { class: `tag ${contact.state}` }, both(contact.state_label)),
        h("a", { href: `#/conversations/${contact.conversation_id}` }, say("see_conversation_with", profile.display_name))),
      box && h("p", { class: "check" }, box, h("label", { for: box.id }, say("invite_one", profile.display_name))),
    ];
  };
  const element = boxes.size ? h("section", { class: "card spaced", "aria-label": say("invite_title") },
    h("h3", {}, say("invite_title")),
    h("p", {}, say("invite_what")),
    form({
      name: "invitation",
      above: [counted],
      label: say("a_word"),
      hint: say("message_hint_producer"),
      optional: true,
      button: say("invite"),
      content: (text) => ({ profile_ids: chosen(), text: text || null }),
      send: (content) => {
        if (!content.profile_ids.length) {
          boxes.values().next().value.focus();
          throw new Refused(422, { title: say("invite_choose") });
        }
        return post(`/briefs/${project.brief_id}/invitations`, content, language());
      },
      then: () => show({ said: say("invited") }),
      again: () => show(),
    })) : null;
  return { of, form: element };
}

export function contactList(contacts) {
  if (!contacts.length) return [];
  return [h("h2", {}, say("project_conversations")), h("ul", { class: "plain rows" }, contacts.map(conversationRow))];
}

/** Closes or fills a live project, with an answer to everyone who waits. Asked for when it is opened. */
export function ending(project, show) {
  if (project.status !== "live") return null;
  const place = h("div", {});
  const element = h("details", { class: "card spaced", ontoggle: () => element.open && !place.hasChildNodes() && read() },
    h("summary", {}, say("end_title")), h("p", {}, say("end_what")), place);
  const read = async () => {
    place.replaceChildren(h("p", { class: "soft" }, say("loading")));
    try {
      place.replaceChildren(endForm(project, await get(`/briefs/${project.brief_id}/answers`, language()), show));
    } catch {
      place.replaceChildren(h("p", { class: "error", role: "alert" }, say("failed")),
        h("button", { type: "button", class: "button quiet", onclick: read }, say("retry")));
    }
  };
  return element;
}

function endForm(project, { waiting, messages }, show) {
  const how = choice("end-how", say("end_how"), [["filled", say("end_filled")], ["closed", say("end_closed")]], {
    first: say("choose"), required: true,
  });
  const reasons = messages.map((one) => [one.reason.id, both(one.reason.labels)]);
  const sentences = new Map(messages.map((one) => [one.reason.id, both(one.message)]));
  const people = waiting.map(({ conversation, reason, text }, index) => answerTo(index, conversation, reason, text));

  function answerTo(index, conversation, reason, text) {
    const sentence = h("p", { class: "soft" });
    const pick = choice(`end-reason-${index}`, say("reason_why"), reasons, {
      first: say("end_reason_default"), value: reason ?? "", onchange: said,
    });
    const words = area({
      name: `end-text-${conversation.conversation_id}`, label: say("answer_text"), rows: 3, optional: true, value: text ?? "",
    });
    function said() {
      sentence.textContent = say("end_says", sentences.get(pick[1].value) ?? say("end_says_default"));
    }
    said();
    return {
      words,
      nodes: h("fieldset", {}, h("legend", {}, both(conversation.opposite)), pick, sentence, words.nodes),
      said: () => {
        const written = words.written() || null;
        if (!pick[1].value && !written) return null;
        return {
          conversation_id: conversation.conversation_id, text: written,
          reason: pick[1].value || ENDS[how[1].value][1],
        };
      },
    };
  }

  const prepared = () => people.filter((one) => one.said());
  return formOf({
    fields: [how, people.length
      ? [h("p", { class: "spaced" }, say("end_waiting", people.length)), people.map((one) => one.nodes)]
      : h("p", { class: "spaced" }, say("end_nobody_waits"))],
    areas: () => (how[1].value
      ? Object.fromEntries(prepared().map((one, index) => [`/answers/${index}/text`, one.words.field])) : {}),
    button: say("end_button"),
    send: async () => {
      const [path] = ENDS[how[1].value];
      if (people.length) {
        await put(`/briefs/${project.brief_id}/answers`, { answers: prepared().map((one) => one.said()) }, language());
      }
      return postVersion(`/briefs/${project.brief_id}/${path}`, {}, language(), project.version);
    },
    sent: () => people.forEach((one) => one.words.clear()),
    then: () => show({ said: say("ended") }),
    again: () => show(),
  });
}
