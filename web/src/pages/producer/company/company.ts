import { queryOptions } from "@tanstack/react-query";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { hasOwn } from "@/api/me";

export type Company = Shape<"CompanyShape">;
export type Invitation = Shape<"InvitationShape">;
export type CompanyInput = Shape<"CompanyInput">;

interface Held {
  value: Company;
  version: string;
}

/** The company that one acts for, with the version that a correction is made to; null while there is none. */
export const heldQuery = queryOptions({
  queryKey: ["company"],
  queryFn: async ({ signal }): Promise<Held | null> =>
    (await hasOwn("company")) ? askVersion(api.GET("/companies/mine", { signal })) : null,
});

export const membersQuery = queryOptions({
  queryKey: ["company", "members"],
  queryFn: ({ signal }) => ask(api.GET("/companies/mine/members", { signal })),
});

/** What was checked: a change of it asks for another check. */
export const CHECKED = ["legal_name", "siren", "email_domain", "mandate"] as const;
/** What it is also recognised by, several of each. */
export const LISTS = ["other_names", "acronyms", "people", "addresses", "domains", "handles"] as const;
export type Checked = (typeof CHECKED)[number];
export type List = (typeof LISTS)[number];
export type Field = Checked | List | "website";
export const FIELDS: readonly Field[] = [...CHECKED, "other_names", "acronyms", "people", "addresses", "website", "domains", "handles"];

/** The form as it is typed: lists are lines. */
export type Typed = Record<Field, string>;

export function typed(company: Company | null): Typed {
  const of = (field: Field) => {
    const value = company?.[field] ?? "";
    return typeof value === "string" ? value : value.join("\n");
  };
  return Object.fromEntries(FIELDS.map((field) => [field, of(field)])) as Typed;
}

const lines = (text: string) => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];

/** What is sent. A domain is often pasted with an « @ » or the address of the site around it, a site's address typed without
 * its beginning. */
export function asInput(form: Typed): CompanyInput {
  const list = Object.fromEntries(LISTS.map((field) => [field, lines(form[field])])) as Record<List, string[]>;
  return {
    legal_name: form.legal_name.trim(),
    siren: form.siren.replace(/\s/g, ""),
    email_domain: domainOf(form.email_domain),
    mandate: form.mandate.trim(),
    contact_language: null,
    website: form.website.trim().replace(/^(?!https?:\/\/)(?=.)/i, "https://") || null,
    ...list,
  };
}

export const domainOf = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, "")
    .replace(/^.*@/, "")
    .replace(/\/.*$/, "");

/** The fields that say something else in one than in the other. */
export const differing = (one: Typed, other: Typed): Field[] => {
  const [a, b] = [asInput(one), asInput(other)];
  return FIELDS.filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
};

/** What is wrong with one of the lines of a list, by what the API says of its items. */
export function wrongLines(field: List, form: Typed, errors: readonly { pointer: string; message: string }[]) {
  return errors.flatMap(({ pointer, message }) => {
    const index = new RegExp(`^/${field}/(\\d+)$`).exec(pointer)?.[1];
    const line = index === undefined ? undefined : lines(form[field])[Number(index)];
    return line === undefined ? [] : [{ line, message }];
  });
}
