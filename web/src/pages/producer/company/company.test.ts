import { describe, expect, it } from "vitest";
import { asInput, differing, domainOf, typed, wrongLines } from "./company";
import { sirenState, written } from "@/design/siren";

describe("a SIREN as it is typed", () => {
  it("is right, wrong or not finished", () => {
    expect(sirenState("290 611 003")).toBe("right");
    expect(sirenState("290611004")).toBe("wrong");
    expect(sirenState("290 61")).toBe("unfinished");
    expect(sirenState("")).toBe("unfinished");
    expect(sirenState("FR29")).toBe("wrong");
    expect(sirenState("2906110030")).toBe("wrong");
    expect(sirenState("000000000")).toBe("wrong");
    expect(written("290611003")).toBe("290\u00a0611\u00a0003");
  });
});

describe("the form of a company", () => {
  const form = { ...typed(null), legal_name: " Sémaphore ", siren: "290 611 003", people: "Agathe Lormeau\n\n Paul Nivet \nAgathe Lormeau" };

  it("sends lines as a list, each once, and digits alone", () => {
    const sent = asInput(form);
    expect(sent.people).toEqual(["Agathe Lormeau", "Paul Nivet"]);
    expect([sent.legal_name, sent.siren, sent.website]).toEqual(["Sémaphore", "290611003", null]);
  });

  it("takes a domain from what is pasted for it", () => {
    expect(["@maison.fr", "claire@Maison.fr", "https://www.maison.fr/contact", " maison.fr "].map(domainOf)).toEqual(
      Array(4).fill("maison.fr"),
    );
  });

  it("takes a site's address with or without its beginning", () => {
    const sites = ["maison.fr", " http://maison.fr ", "https://www.maison.fr/contact", " "];
    expect(sites.map((website) => asInput({ ...form, website }).website)).toEqual([
      "https://maison.fr",
      "http://maison.fr",
      "https://www.maison.fr/contact",
      null,
    ]);
  });

  it("differs by what it says, not by how it is typed", () => {
    expect(differing(form, { ...form, siren: "290611003" })).toEqual([]);
    expect(differing(form, { ...form, people: "Paul Nivet", mandate: "Gérante" })).toEqual(["mandate", "people"]);
  });

  it("names the line that is wrong", () => {
    const errors = [{ pointer: "/people/1", message: "Trop court." }, { pointer: "/siren", message: "Faux." }];
    expect(wrongLines("people", form, errors)).toEqual([{ line: "Paul Nivet", message: "Trop court." }]);
    expect(wrongLines("domains", form, errors)).toEqual([]);
  });
});
