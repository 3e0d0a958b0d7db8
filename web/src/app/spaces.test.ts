import { describe, expect, it } from "vitest";

const code = import.meta.glob<string>("../pages/*/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
/** Those of one role; the others are for everybody. */
const ROLES = ["producer", "freelancer", "admin"];
const spaceOf = (path: string) => /^\.\.\/pages\/(\w+)\//.exec(path)![1]!;

/** The other spaces whose parts a file of one is made of. */
function borrowed(path: string, text: string): string[] {
  const up = path.split("/").length - 4;
  return [...text.matchAll(/(?:from|import\() ?"([^"]+)"/g)].flatMap(([, name = ""]) => {
    const named = /^@\/pages\/(\w+)\//.exec(name) ?? new RegExp(`^(?:\\.\\./){${up + 1}}(\\w+)/`).exec(name);
    return named && named[1] !== spaceOf(path) ? [named[1]!] : [];
  });
}

describe("the space of a role", () => {
  it("is known to no other", () => {
    const found = Object.entries(code).flatMap(([path, text]) =>
      borrowed(path, text).filter((space) => ROLES.includes(space)).map((space) => `${path} → ${space}`),
    );
    expect(found).toEqual([]);
    expect(Object.entries(code).some(([path, text]) => borrowed(path, text).includes("shared"))).toBe(true);
  });
});
