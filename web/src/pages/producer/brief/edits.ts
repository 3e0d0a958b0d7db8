import { NAMES, rootOf, same, wire, type Fields, type Name } from "./fields";

type Some = Partial<Record<Name, Fields[Name]>>;

/** What somebody has written and the server has not: each field, and what the server held of it when they began. */
export interface Edits {
  changes: Some;
  base: Some;
}

export const NO_EDITS: Edits = { changes: {}, base: {} };

const names = (some: Some) => NAMES.filter((name) => name in some);

const without = (some: Some, gone: readonly Name[]): Some =>
  Object.fromEntries(names(some).filter((name) => !gone.includes(name)).map((name) => [name, some[name]])) as Some;

/** The form: what the server holds, under what was written since. */
export const shown = (server: Fields, edits: Edits): Fields => ({ ...server, ...(edits.changes as Partial<Fields>) });

/** Somebody writes in a field. */
export function edited<N extends Name>(edits: Edits, server: Fields, name: N, value: Fields[N]): Edits {
  const base = name in edits.base ? edits.base : { ...edits.base, [name]: server[name] };
  return { changes: { ...edits.changes, [name]: value }, base };
}

/** After a save or another's: what says the same as the server now is nobody's change any more. A text keeps the spaces
 * that its writer is typing, hence `exactly`; what comes back from the device later need not. */
export function settled(edits: Edits, server: Fields, exactly = true): Edits {
  const equal = (name: Name) =>
    exactly ? JSON.stringify(edits.changes[name]) === JSON.stringify(server[name]) : same(name, edits.changes[name]!, server[name]);
  const gone = names(edits.changes).filter(equal);
  if (gone.length === 0) return edits;
  return { changes: without(edits.changes, gone), base: without(edits.base, gone) };
}

/** Fields that somebody else has changed since, into something else than what was written here. */
export const conflictsOf = (edits: Edits, server: Fields): Name[] =>
  names(edits.changes).filter((name) => {
    // Most fields of a draft were empty, hence null, when somebody began to write in them: that is a base like another.
    const begun = name in edits.base ? (edits.base[name] as Fields[Name]) : server[name];
    return !same(name, begun, server[name]) && !same(name, edits.changes[name]!, server[name]);
  });

/** One's own stands, in full knowledge of the other. */
export const keepMine = (edits: Edits, server: Fields, name: Name): Edits => ({
  ...edits,
  base: { ...edits.base, [name]: server[name] },
});

export const takeTheirs = (edits: Edits, name: Name): Edits => ({
  changes: without(edits.changes, [name]),
  base: without(edits.base, [name]),
});

/** The server has taken these: what is written on top of them is measured against them. */
export function taken(edits: Edits, sent: readonly string[], server: Fields): Edits {
  const base = { ...edits.base };
  for (const name of names(edits.changes)) if (sent.includes(name)) Object.assign(base, { [name]: server[name] });
  return settled({ ...edits, base }, server);
}

/** What is to be sent: every change that is whole, that the server does not hold, and that nobody else has changed. */
export function sendable(edits: Edits, server: Fields): Record<string, unknown> {
  const contested = conflictsOf(edits, server);
  const due = names(edits.changes).filter((name) => {
    const value = edits.changes[name]!;
    return !contested.includes(name) && wire(name, value) !== undefined && !same(name, value, server[name]);
  });
  return Object.fromEntries(due.map((name) => [name, wire(name, edits.changes[name]!)]));
}

/** The same without the fields that were refused; null when nothing else was refused or nothing would be left. */
export function spared(body: Record<string, unknown>, pointers: readonly string[]): Record<string, unknown> | null {
  const refused = new Set(pointers.map(rootOf));
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !refused.has(name)));
  const left = Object.keys(rest).length;
  return left > 0 && left < Object.keys(body).length ? rest : null;
}
