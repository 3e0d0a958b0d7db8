import { describe, expect, test } from "vitest";
import { daysUntil, formats } from "./format";

const fr = formats("fr");
const en = formats("en");
/** Spaces as they are told apart by nobody but a machine. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("days until a day, by the calendar of Paris", () => {
  test("counts nights, not hours", () => {
    expect(daysUntil("2027-03-04", new Date("2027-03-03T22:59:00Z"))).toBe(1);
    expect(daysUntil("2027-03-04", new Date("2027-03-03T23:01:00Z"))).toBe(0);
  });

  test("is not thrown by the nights on which clocks change", () => {
    expect(daysUntil("2027-03-29", new Date("2027-03-27T12:00:00Z"))).toBe(2);
    expect(daysUntil("2027-11-01", new Date("2027-10-30T12:00:00Z"))).toBe(2);
    expect(daysUntil("2027-03-28", new Date("2027-03-27T23:30:00Z"))).toBe(0);
    expect(daysUntil("2027-10-31", new Date("2027-10-31T22:30:00Z"))).toBe(0);
    expect(daysUntil("2027-10-31", new Date("2027-10-31T23:30:00Z"))).toBe(-1);
  });

  test("crosses leap days and takes an instant for its day", () => {
    expect(daysUntil("2028-03-01", new Date("2028-02-28T12:00:00Z"))).toBe(2);
    expect(daysUntil("2027-03-04T10:00:00Z", new Date("2027-03-01T12:00:00Z"))).toBe(3);
  });
});

describe("dates", () => {
  test("a day is the same day everywhere", () => {
    expect(fr.day("2027-03-03")).toBe("3 mars 2027");
    expect(en.day("2027-03-03")).toBe("3 March 2027");
  });

  test("French has an ordinal for the first of a month alone", () => {
    expect(fr.day("2027-03-01")).toBe("1er mars 2027");
    expect(fr.shortDay("2027-12-01")).toBe("mer. 1er déc.");
    expect(fr.day("2027-03-11")).toBe("11 mars 2027");
    expect(fr.day("2027-03-21")).toBe("21 mars 2027");
    expect(en.day("2027-03-01")).toBe("1 March 2027");
  });

  test("an instant is told in Paris, with the hour as each language writes it", () => {
    expect(plain(fr.moment("2027-07-01T12:30:00Z"))).toBe("1er juillet 2027 à 14 h 30");
    expect(plain(fr.moment("2027-01-03T23:30:00Z"))).toBe("4 janvier 2027 à 0 h 30");
    expect(plain(fr.moment("2027-07-01T06:05:00Z"))).toBe("1er juillet 2027 à 8 h 05");
    expect(plain(fr.time("2027-07-01T08:00:00Z"))).toBe("10 h");
    expect(en.moment("2027-07-01T12:30:00Z")).toBe("1 July 2027 at 14:30");
  });

  test("how long ago, or until", () => {
    const now = new Date("2027-03-03T12:00:00Z");
    expect(fr.relative("2027-03-03T09:00:00Z", now)).toBe("il y a 3 heures");
    expect(fr.relative("2027-03-05T12:00:00Z", now)).toBe("après-demain");
    expect(fr.relative("2027-03-03T11:59:50Z", now)).toBe("cette minute-ci");
    expect(en.relative("2027-03-02T12:00:00Z", now)).toBe("yesterday");
  });
});

describe("figures", () => {
  test("euros, whole and to the cent", () => {
    expect(fr.euros(12_500)).toBe("12\u202f500\u202f€");
    expect(en.euros(12_500)).toBe("€12,500");
    expect(plain(fr.exactEuros(17_327))).toBe("173,27 €");
    expect(en.exactEuros(77_970)).toBe("€779.70");
  });

  test("a range of euros", () => {
    expect(plain(fr.euroRange(290, 1_380))).toBe("290 à 1 380 €");
    expect(en.euroRange(290, 1_380)).toBe("€290 to €1,380");
  });

  test("a share", () => {
    expect(fr.percent(0.78)).toBe("78\u202f%");
    expect(en.percent(0.78)).toBe("78%");
  });

  test("a delay, in the unit that says it best", () => {
    expect(plain(fr.duration(5))).toBe("5 secondes");
    expect(plain(fr.duration(1))).toBe("1 seconde");
    expect(plain(fr.duration(600))).toBe("10 minutes");
    expect(plain(fr.duration(165_600))).toBe("46 heures");
    expect(plain(fr.duration(345_600))).toBe("4 jours");
    expect(en.duration(90)).toBe("90 seconds");
  });
});
