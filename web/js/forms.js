// What somebody writes and sends, and what is said when it is refused.

import { Refused } from "./api.js";
import { h } from "./dom.js";
import { say } from "./text.js";

/** A text to write and send once, however often the button is pressed. */
export function form({ name, label, hint, button, least = 1, send, then }) {
  const key = crypto.randomUUID();
  const error = h("p", { class: "error", role: "alert" });
  const text = h("textarea", { id: name, name, rows: 5, required: true, minlength: least, maxlength: 4000 });
  const submit = h("button", { class: "button" }, button);
  const enter = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    error.textContent = "";
    try {
      await send(text.value, key);
      await then();
    } catch (refused) {
      error.textContent = why(refused);
      submit.disabled = false;
    }
  };
  return h("form", { onsubmit: enter },
    h("label", { for: name }, label),
    hint && h("p", { class: "soft" }, hint),
    text, error, submit);
}

/** What the server says of a request that it refuses; of a field first. */
export function why(refused) {
  if (!(refused instanceof Refused)) throw refused;
  return refused.status === 0 || refused.status >= 500 ? say("failed") : refused.fields[0] ?? refused.message;
}
