// The confidentiality terms of a project: read in full where they are accepted.

import { get, post } from "./api.js";
import { h } from "./dom.js";
import { act } from "./forms.js";
import { both, day, language, say } from "./text.js";

/** The terms in force and, while they are not accepted, the button that accepts them. `accepted` goes on from there. */
export async function terms(project, accepted) {
  const place = h("section", { class: "terms", tabindex: "0", role: "region", "aria-labelledby": "terms-title" });
  await read();
  return place;

  async function read() {
    const found = await get(`/projects/${project}/confidentiality`, language());
    place.replaceChildren(
      h("h3", { id: "terms-title" }, both(found.title)),
      ...found.clauses.flatMap((clause) => [h("h4", {}, both(clause.title)), h("p", {}, both(clause.text))]),
      h("p", { class: "soft" }, found.in_force
        ? say("terms_accepted", day(found.accepted.accepted_at)) : say("terms_version", found.version)),
      found.accepted && !found.in_force ? h("p", {}, say("terms_changed", day(found.accepted.accepted_at))) : "",
      found.in_force ? "" : act({
        button: say("accept_terms"),
        send: () => post(`/projects/${project}/confidentiality`, { version: found.version }, language()),
        then: accepted,
        instead: outdated,
      }));
  }

  /** Others are in force by now: they are to be read first. */
  async function outdated(refused) {
    if (refused.code !== "terms_outdated") return false;
    await read();
    place.focus();
    return true;
  }
}
