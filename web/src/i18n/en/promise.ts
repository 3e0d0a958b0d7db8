import type { Translated } from "../types";
import type french from "../fr/promise";

const words: Translated<typeof french> = {
  title: "What we promise",
  lead: "An option does not wait. Here are the delays that we commit to, and what they have been.",
  promises: "Our commitments",
  promised: {
    proposal: "A shortlist within seconds",
    proposal_what: "As soon as a project goes live, at any hour, and again when a new profile suits it.",
    verification: "An answer within one working day",
    verification_what: "To each request for verification: a decision or a question. Within two hours when the profile suits a project whose option ends within fourteen days.",
    answer: "Nobody is left without an answer",
    answer_what: "Whoever shows interest gets an answer with its reason, by the date that they are given at the latest.",
    junior: "A seat for juniors",
    junior_what: "On each shortlist on which a junior can be proposed.",
    appeal: "A second look",
    appeal_what: "A contested decision is reviewed within five working days by somebody who had no part in it.",
  },
  figures: "What was kept",
  year: "Last twelve months",
  start: "Since the start",
  median: "half of the projects",
  p90: "nine in ten within {{duration}}",
  of_answers_one: "of {{count}} answer owed",
  of_answers_many: "of {{count}} answers owed",
  of_answers_other: "of {{count}} answers owed",
  of_projects_one: "of {{count}} project",
  of_projects_many: "of {{count}} projects",
  of_projects_other: "of {{count}} projects",
  withheld: "No figure yet",
  figures_none: "Nothing could be counted yet. The first figures will be shown here once they rest on {{count}} projects.",
  measured: "How it is measured",
  as_of: "Counted on {{moment}}.",
};

export default words;
