import type { Translated } from "../types";
import type french from "../fr/mails";

const words: Translated<typeof french> = {
  title: "Your e-mails",
  hint: "Nothing goes between 9 p.m. and 7 a.m. on our account, and never more than three a day: the rest waits for the morning’s digest.",
  at_once: "At once",
  digest: "In the 8:30 digest",
  always: "You always receive what you have a right to know: an alarm and its time limits, a decision about you, an answer that is late, the end of your account.",
  all: "For all at once",
  all_digest: "The digest alone",
  all_nothing: "No e-mail",
  all_everything: "Everything",
  language: "Language of e-mails",
  language_hint: "Without a choice of yours, the one in which you signed up.",
  french: "French",
  english: "English",
  save: "Save my choices",
  saved: "Your choices are saved.",
  undo: "Go back to what is saved",
  unsaved: "Your choices are not saved yet.",
  suppressed: "This address gets no e-mail from us any more",
  none: "This account gets service e-mails alone.",
  conflict: {
    title: "Your preferences have changed meanwhile",
    what: "From another device, or by the link in an e-mail. Here is what differs:",
    here: "here: {{choice}}",
    there: "saved: {{choice}}",
    same: "Both say the same now.",
    keep: "Keep my choices",
    take: "Take what is saved",
    both: "at once and in the digest",
    email: "at once",
    digest: "in the digest",
    neither: "no e-mail",
    unset: "the one you signed up in",
  },
};

export default words;
