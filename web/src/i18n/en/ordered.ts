import type { Translated } from "../types";
import type french from "../fr/ordered";

const words: Translated<typeof french> = {
  title: "How profiles are ordered",
  lead: "For each project a computation orders the verified profiles and says why. It chooses nobody: here is all that it counts, what it never counts, and who decides.",
  criteria: "What counts",
  criteria_what: "A hundred points in all. Each profile is given a part of them under each criterion, from the verified works of its track record.",
  points_one: "{{count}} point",
  points_many: "{{count}} points",
  points_other: "{{count}} points",
  eligibility: "Who can be proposed",
  eligibility_what: "Everything else refines the order and leaves nobody out.",
  shortlist: "How a shortlist is made up",
  junior: "The juniors’ seat",
  never: "What never counts",
  decides: "Who decides",
  decides_what: [
    "The production reads the shortlist, compares, invites whom it likes; the whole ranking is open to it, with everybody’s points.",
    "Each profile that is proposed comes with its reasons. A freelancer can read, for each project, what brings them close to it, what sets them apart, and what a detail of their profile would change.",
    "Checks are decided by people. A refusal takes two, it has its reason, and a third may review it.",
  ],
  version: "Weights in force: version {{version}}. Each shortlist keeps the version it was computed with: doing it again gives the same order.",
};

export default words;
