const NARROW = "\u202f";

/** French text with the spaces that French typography wants: a narrow no-break one before ; : ! ? % and €, inside of « »
 * and around the h of an hour. Times and links keep their colons: only a space that was written is changed. */
export function french(text: string): string {
  return text
    .replace(/[ \u00a0](?=[;:!?»%€])/g, NARROW)
    .replace(/«[ \u00a0]/g, `«${NARROW}`)
    .replace(/(\d)[ \u00a0]h(?:[ \u00a0](?=\d\d))?(?!\p{L})/gu, (found) => found.replace(/[ \u00a0]/g, NARROW))
    .replace(/'/g, "’");
}

/** Every sentence of a set in French typography. */
export function typeset<T>(words: T): T {
  if (typeof words === "string") return french(words) as T;
  if (Array.isArray(words)) return words.map(typeset) as T;
  if (words === null || typeof words !== "object") return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, typeset(value)])) as T;
}
