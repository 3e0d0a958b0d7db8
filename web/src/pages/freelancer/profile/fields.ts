import type { Shape } from "@/api/client";
import type { Period } from "./availability";
import type { MyProfile } from "@/pages/shared/mine";

/** Everything that a freelancer says of themselves, flat: one value per field on the screen. */
export interface Fields {
  display_name: string;
  roles: string[];
  languages: string[];
  work_modes: string[];
  region: string | null;
  bio_fr: string;
  bio_en: string;
  genres: string[];
  tones: string[];
  universes: string[];
  stakes: string[];
  formats: string[];
  tasks: string[];
  development_stages: string[];
  availability: Period[];
  rate_min: number | null;
  rate_max: number | null;
  isni: string;
  wikidata: string;
  bnf: string;
  imdb: string;
}

export type Name = keyof Fields;
export type Some = Partial<Fields>;

/** What is edited and saved together, in the order of the screen. */
export const SECTIONS = {
  identity: ["display_name", "roles", "languages", "work_modes", "region"],
  bio: ["bio_fr", "bio_en"],
  availability: ["availability"],
  tastes: ["genres", "tones", "universes", "stakes", "formats", "tasks", "development_stages"],
  rate: ["rate_min", "rate_max"],
  numbers: ["isni", "wikidata", "bnf", "imdb"],
} as const satisfies Record<string, readonly Name[]>;

export type SectionName = keyof typeof SECTIONS;

/** Where the contract has each field. */
const POINTERS: Record<Name, string> = {
  display_name: "/display_name",
  roles: "/roles",
  languages: "/languages",
  work_modes: "/work_modes",
  region: "/region",
  bio_fr: "/bio/fr",
  bio_en: "/bio/en",
  genres: "/specialities/genres",
  tones: "/specialities/tones",
  universes: "/specialities/universes",
  stakes: "/specialities/stakes",
  formats: "/specialities/formats",
  tasks: "/specialities/tasks",
  development_stages: "/specialities/development_stages",
  availability: "/availability",
  rate_min: "/day_rate/min",
  rate_max: "/day_rate/max",
  isni: "/external_ids/isni",
  wikidata: "/external_ids/wikidata",
  bnf: "/external_ids/bnf",
  imdb: "/external_ids/imdb",
};

/** The field that a refusal is about; an entry of a list is the list's. */
export const nameOf = (pointer: string): Name | undefined =>
  (Object.keys(POINTERS) as Name[]).find((name) => pointer === POINTERS[name] || pointer.startsWith(`${POINTERS[name]}/`));

export function fieldsOf(profile: MyProfile): Fields {
  const { bio, specialities, day_rate: rate, external_ids: numbers } = profile;
  return {
    display_name: profile.display_name,
    roles: profile.roles,
    languages: profile.languages,
    work_modes: profile.work_modes,
    region: profile.region,
    bio_fr: bio.fr ?? "",
    bio_en: bio.en ?? "",
    ...specialities,
    availability: profile.availability,
    rate_min: rate?.min ?? null,
    rate_max: rate?.max ?? null,
    isni: numbers.isni ?? "",
    wikidata: numbers.wikidata ?? "",
    bnf: numbers.bnf ?? "",
    imdb: numbers.imdb ?? "",
  };
}

/** What a profile begins with. French is asked of nearly every project of French fiction. */
export const begun = (name: string): Fields => ({
  display_name: name,
  roles: [],
  languages: ["fr"],
  work_modes: [],
  region: null,
  bio_fr: "",
  bio_en: "",
  genres: [],
  tones: [],
  universes: [],
  stakes: [],
  formats: [],
  tasks: [],
  development_stages: [],
  availability: [],
  rate_min: null,
  rate_max: null,
  isni: "",
  wikidata: "",
  bnf: "",
  imdb: "",
});

const given = (text: string) => text.trim() || null;

/** As the contract takes it. A rate of which one end is written is that one. */
export function inputOf(fields: Fields): Shape<"ProfileInput"> {
  const { rate_min: min, rate_max: max, genres, tones, universes, stakes, formats, tasks, development_stages } = fields;
  const low = min ?? max;
  const high = max ?? min;
  return {
    display_name: fields.display_name.trim(),
    roles: fields.roles,
    languages: fields.languages,
    work_modes: fields.work_modes,
    region: fields.region,
    bio: { fr: given(fields.bio_fr), en: given(fields.bio_en) },
    specialities: { genres, tones, universes, stakes, formats, tasks, development_stages },
    availability: fields.availability,
    day_rate: low === null || high === null ? null : { min: low, max: high },
    external_ids: { isni: given(fields.isni), wikidata: given(fields.wikidata), bnf: given(fields.bnf), imdb: given(fields.imdb) },
  };
}

export const part = (fields: Fields, section: SectionName): Some =>
  Object.fromEntries(SECTIONS[section].map((name) => [name, fields[name]]));

export const same = (one: unknown, other: unknown) =>
  typeof one === "string" && typeof other === "string" ? one.trim() === other.trim() : JSON.stringify(one) === JSON.stringify(other);

/** What somebody is writing in a section, and what stood there when they began. */
export interface Writing {
  form: Some;
  base: Some;
}

/** What is written upon what stands now. A field that only one side has changed is that side's; one that both have
 * changed, differently, is `contested`. */
export function settle({ form, base }: Writing, now: Some): { merged: Some; contested: Name[] } {
  const names = Object.keys(form) as Name[];
  const mine = (name: Name) => !same(form[name], base[name]);
  return {
    merged: Object.fromEntries(names.map((name) => [name, mine(name) ? form[name] : now[name]])),
    contested: names.filter((name) => mine(name) && !same(now[name], base[name]) && !same(now[name], form[name])),
  };
}

export type Step = Exclude<SectionName, "numbers"> | "credits";

/** What there is to fill in, in the order in which it is best done. `needed`: verification does not begin without it;
 * `for_projects`: without it, no project is proposed; `helps`: projects are matched by it. */
export function stepsOf(profile: MyProfile): { step: Step; state: "done" | "needed" | "for_projects" | "helps" }[] {
  const { languages, work_modes, region, bio, availability, specialities, day_rate, credits } = profile;
  const done = {
    identity: languages.length > 0 && work_modes.length > 0 && region !== null,
    bio: bio.fr !== null,
    credits: credits.length > 0,
    availability: availability.length > 0,
    tastes: Object.values(specialities).some((chosen) => chosen.length > 0),
    rate: day_rate !== null,
  };
  const without = { identity: "needed", bio: "needed", credits: "helps", availability: "for_projects", tastes: "helps", rate: "helps" } as const;
  return (Object.keys(done) as (keyof typeof done)[]).map((step) => ({ step, state: done[step] ? "done" : without[step] }));
}

/** Whether its verification may be asked for. */
export const isComplete = (profile: MyProfile) => stepsOf(profile).every(({ state }) => state !== "needed");

/** What was written in a section since it was sent, upon what now stands; null for nothing. */
export function writtenSince(later: Writing | null, sent: Writing, now: Some): Writing | null {
  if (!later || JSON.stringify(later.form) === JSON.stringify(sent.form)) return null;
  const changed = (name: Name) => JSON.stringify(later.form[name]) !== JSON.stringify(sent.form[name]);
  const form = Object.fromEntries((Object.keys(now) as Name[]).map((name) => [name, (changed(name) ? later.form : now)[name]]));
  return { base: now, form };
}
