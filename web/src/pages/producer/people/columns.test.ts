import { expect, it } from "vitest";
import { columnOfWhy } from "./columns";
import type { Why } from "./queries";

const text = (fr: string) => ({ fr, en: fr });
const why = (changes: Partial<Why>) =>
  ({ profile: { display_name: "Paul" }, match: null, standing: null, obstacle: null, decided_by: null, ...changes }) as unknown as Why;

it("of somebody who is not on the shortlist, what keeps them out is told", () => {
  const obstacle = { code: "availability", facts: {}, text: text("Pas libre à temps.") } as const;
  expect(columnOfWhy(why({ obstacle }))).toMatchObject({ against: text("Pas libre à temps."), score: null, contributions: [] });
});

it("of somebody who can be proposed and is not, their place counts all the same", () => {
  const decided = { by: "draw", criterion: null, points: 70, points_of_last_seated: 70, text: text("Le tirage.") } as const;
  const standing = { rank: 9, eligible: 12, score: 70, summary: text(""), contributions: [], deciding_credit_ids: ["a"] };
  expect(columnOfWhy(why({ standing, decided_by: decided }))).toMatchObject({ against: text("Le tirage."), score: 70, deciding: ["a"] });
});
