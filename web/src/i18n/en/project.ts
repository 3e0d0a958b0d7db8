import type fr from "../fr/project";
import type { Translated } from "../types";

const words: Translated<typeof fr> = {
  untitled: "Project without a code name",
  back: "My projects",
  sections: "The project",
  proposals: "Proposed profiles",
  conversations: "Conversations",
  edit: "The project",
  preview: "As a freelancer sees it",
  answers: "Answers and closing",
  option: "the option",
  status: {
    draft: "Draft",
    live: "Online",
    closed: "Closed",
    filled: "Filled",
    expired: "Past its date",
    returned: "Returned by moderation",
  },
};

export default words;
