import type { Translated } from "../types";
import type fr from "../fr/files";

const words: Translated<typeof fr> = {
  drop: "Or drop your files here.",
  limits: "{{formats}}, at most {{size}} MB each.",
  progress: "Sending {{name}}",
  kept: "{{name}}: received, checked and kept.",
  says: {
    sending: "{{name}}: being sent.",
    checking: "{{name}}: received, being checked.",
    refused: "{{name}}: refused.",
    failed: "{{name}}: could not be sent.",
  },
  step: { waiting: "Waiting", checking: "Received, being checked…" },
  wrong: {
    type: "This format is not taken: {{formats}} only.",
    size: "This file is over {{size}} MB. Make it lighter, or send only the pages that matter.",
    empty: "This file is empty.",
  },
  offline: "The connection broke off. The file is still here: try again.",
  failed: "The file did not get through. Try again in a moment.",
  away: "Take off the list",
  retry_one: "Try sending {{name}} again",
  cancel_one: "Stop sending {{name}}",
  away_one: "Take {{name}} off the list",
};

export default words;
