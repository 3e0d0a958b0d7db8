import { expect, test } from "vitest";
import { namedBy } from "./blocks";
import { firstDayBack, lastDayBack } from "./pause";
import { byDay, type View } from "./views";

test("a company is told by its number or by its name", () => {
  expect(namedBy(" 290 611 003 ")).toEqual({ siren: "290611003", name: null, conversation_id: null });
  expect(namedBy("29061100")).toMatchObject({ siren: "29061100", name: null });
  expect(namedBy(" 1418 ")).toMatchObject({ name: "1418", siren: null });
  expect(namedBy("13 Avril Films")).toMatchObject({ name: "13 Avril Films", siren: null });
});

test("what was seen stands by day, in the order in which it came", () => {
  const seen = (day: string, code_name: string) => ({ day, viewer: { code_name } }) as View;
  const days = byDay([seen("2026-11-27", "Goémon"), seen("2026-11-27", "Brisants"), seen("2026-11-12", "Goémon")]);
  expect(days.map(({ day, views }) => [day, views.map((one) => one.viewer.code_name)])).toEqual([
    ["2026-11-27", ["Goémon", "Brisants"]],
    ["2026-11-12", ["Goémon"]],
  ]);
});

test("a break ends tomorrow at the earliest, by the calendar of Paris, and after two years at the latest", () => {
  const lateInTheEvening = new Date("2026-11-29T23:30:00Z"); // the 30th in Paris
  expect(firstDayBack(lateInTheEvening)).toBe("2026-12-01");
  expect(lastDayBack(lateInTheEvening)).toBe("2028-11-30");
});
