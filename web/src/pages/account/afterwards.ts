/** Where somebody goes once they are in: to what they came for, on this site and nowhere else. */
export function afterwards(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  return next.startsWith("/") && !next.startsWith("//") ? next : "/";
}
