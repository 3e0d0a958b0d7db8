// What somebody writes and sends, and what is said when it is refused. Nothing that was typed is lost: it stays in its
// field, and comes back when the screen is drawn again, until it has been sent.

import { account, Refused } from "./api.js";
import { h } from "./dom.js";
import { say, typeset } from "./text.js";

const drafts = new Map();
/** By field, the id of the hint that always describes it. */
const hints = new WeakMap();
let forms = 0;
const TO_READ_AGAIN = [401, 403, 404, 409, 412];

/** A text to write and send once, however often the button is pressed.
 *
 * `content` makes of the text what is sent; `send` sends it, under a key that is the same for every try at the same
 * thing. `above`: what stands over the text. `then` goes on after a success, `again` draws the screen once more when it
 * is behind; `done`, where there is one, takes the place of `then`, with what was answered, the form and the field. */
export function form({
  name, label, hint, button, least = 1, most = 4000, rows = 5, optional = false, above = [],
  content = (text) => ({ text }), send, then, again = then, done, quiet = false,
}) {
  const text = area({ name, label, hint, least, most, rows, optional });
  const keyOf = keys();
  return formOf({
    fields: [...above, ...text.nodes],
    areas: () => ({ "/text": text.field }),
    button,
    quiet,
    send: () => {
      const made = content(text.written());
      return send(made, keyOf(made));
    },
    then,
    again,
    done: done && ((answer, element) => {
      text.clear();
      return done(answer, element, text.field);
    }),
    sent: text.clear,
  });
}

/** Fields and the button that sends them. `areas`: the text fields by the JSON pointer that a refusal names. */
export function formOf({ fields, areas = () => ({}), button, quiet = false, send, then, again = then, done, sent = () => {} }) {
  forms += 1;
  const error = h("div", { class: "error", role: "alert", id: `wrong-${forms}` });
  const submit = h("button", { class: quiet ? "button quiet" : "button" }, button);
  const element = h("form", { onsubmit: enter }, fields, error, submit);

  async function enter(event) {
    event.preventDefault();
    if (submit.disabled) return;
    const texts = [...element.querySelectorAll("textarea")];
    submit.disabled = true;
    error.replaceChildren();
    for (const text of texts) {
      text.removeAttribute("aria-invalid");
      describe(text);
      text.readOnly = true; // what would be typed meanwhile would be neither sent nor kept
    }
    try {
      const answer = await send();
      if (done) {
        submit.disabled = false;
        await done(answer, element);
      } else {
        sent();
        await then();
      }
    } catch (refused) {
      error.replaceChildren(...trouble(refused, again, areas()));
      for (const text of texts) if (text.getAttribute("aria-invalid")) describe(text, error.getAttribute("id"));
      submit.disabled = false;
    } finally {
      for (const text of texts) text.readOnly = false;
    }
  }

  return element;
}

/** A text field with its label, which keeps what was typed until `clear`. */
export function area({ name, label, hint, least = 1, most = 4000, rows = 5, optional = false, value = "" }) {
  const kept = `${account()} ${location.hash} ${name}`;
  const described = hint ? `${name}-hint` : null;
  const field = h("textarea", {
    id: name, name, rows, required: !optional, minlength: optional ? null : least, maxlength: most,
    oninput: () => drafts.set(kept, field.value),
  });
  hints.set(field, described);
  describe(field);
  field.value = drafts.get(kept) ?? value;
  return {
    field,
    nodes: [h("label", { for: name }, label), hint && h("p", { class: "soft", id: described }, hint), field],
    written: () => field.value.normalize("NFC").trim(),
    clear: () => {
      drafts.delete(kept);
      field.value = "";
    },
    write: (words) => {
      field.value = words;
      drafts.set(kept, words);
    },
  };
}

/** Says what describes a field to whoever does not see what stands beside it. */
function describe(field, ...more) {
  const ids = [hints.get(field), ...more].filter(Boolean);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

/** A key per content: the same for every try at it, another one once it has changed. */
function keys() {
  let last = null;
  let key = null;
  return (content) => {
    const now = JSON.stringify(content);
    if (now !== last) [last, key] = [now, crypto.randomUUID()];
    return key;
  };
}

/** A button that does one thing, and what is said when it is refused. `instead`: what to do about a refusal that it
 * knows, in the place of saying it; answers whether it did. */
export function act({ button: words, send, then, again = then, quiet = false, instead = () => false }) {
  const error = h("div", { class: "error", role: "alert" });
  const button = h("button", {
    type: "button",
    class: quiet ? "button quiet" : "button",
    onclick: async () => {
      button.disabled = true;
      error.replaceChildren();
      try {
        await send();
        await then();
        button.disabled = false;
      } catch (refused) {
        button.disabled = false;
        const handled = await Promise.resolve(instead(refused, button)).catch((next) => { refused = next; });
        if (!handled) error.replaceChildren(...trouble(refused, again));
      }
    },
  }, words);
  return h("div", { class: "act" }, button, error);
}

/** What is said of a refusal: every passage that may not stand, or what is wrong and what to do about it. */
export function trouble(refused, again, areas = {}) {
  if (!(refused instanceof Refused)) throw refused;
  const { status, errors, wait } = refused;
  const said = (...sentences) => h("p", {}, sentences.filter(Boolean).join(" "));
  const kept = Object.keys(areas).length > 0 && say("still_there");
  if (status === 0 || status >= 500) return [said(say("failed"), kept, say("press_again"))];
  if (errors.length) return [said(errors.some(isLeak) ? say("leaks") : typeset(refused.message), kept), faults(errors, areas)];
  const later = status === 429 && (wait > 60 ? say("wait_minutes", Math.ceil(wait / 60)) : say("press_again"));
  return [
    said(typeset(refused.message), kept, later),
    again && TO_READ_AGAIN.includes(status)
      && h("p", {}, h("button", { type: "button", class: "button quiet", onclick: () => again() }, say("reload"))),
  ].filter(Boolean);
}

const isLeak = (wrong) => wrong.code === "identity_leak";

function faults(errors, areas) {
  return h("ul", {}, errors.map((wrong) => {
    const field = areas[wrong.pointer];
    field?.setAttribute("aria-invalid", "true");
    return h("li", {}, typeset(wrong.message), field && wrong.start !== undefined && [" ",
      h("button", { type: "button", class: "link", onclick: () => select(field, wrong) }, say("see_passage"))]);
  }));
}

/** Selects a passage where it was written. It is counted in characters, of the text as it was sent: without the space
 * around it, each letter and its accent as one. */
function select(field, { start, end }) {
  const sent = [...field.value.normalize("NFC").trim()];
  const passage = sent.slice(start, end).join("");
  const before = sent.slice(0, start).join("").length + field.value.length - field.value.trimStart().length;
  const at = field.value.indexOf(passage, Math.max(0, before - 1));
  field.focus();
  if (at >= 0) field.setSelectionRange(at, at + passage.length);
}
