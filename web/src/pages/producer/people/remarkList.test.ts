import { describe, expect, it } from "vitest";
import { patched, remarkOf } from "./remarkList";

const list = { brief_id: "b", remarks: [{ ...remarkOf(undefined, "ines"), note: "Juste", version: 2 }] };

describe("what is kept about people", () => {
  it("is nothing about somebody of whom nobody has said anything", () => {
    expect(remarkOf(list, "paul")).toMatchObject({ profile_id: "paul", note: null, version: 0, dismissal: null });
  });

  it("takes the place of what was kept about the same person, and of nobody else's", () => {
    const dismissal = { reason: "dates", dismissed_at: "2026-11-28T10:05:00.000Z" } as const;
    const after = patched(patched(list, { ...remarkOf(list, "ines"), dismissal }), { ...remarkOf(list, "paul"), dismissal });
    expect(after.remarks).toHaveLength(2);
    expect(remarkOf(after, "ines")).toMatchObject({ note: "Juste", version: 2, dismissal });
    expect(remarkOf(list, "ines").dismissal).toBeNull();
  });
});
