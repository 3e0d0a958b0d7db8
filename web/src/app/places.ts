/** Which other addresses belong to a place of the navigation, besides those that begin as it does. */
const ALSO: Record<string, readonly string[]> = {
  "/": ["/admin/cases"],
  "/admin/moderation": ["/admin/reports", "/admin/projects", "/admin/measures", "/admin/identity-requests"],
  "/admin/reference": ["/admin/taxonomy", "/admin/rates"],
};

/** Whether that screen is one of that place. */
export const isWithin = (pathname: string, place: string) =>
  pathname === place ||
  [...(place === "/" ? [] : [place]), ...(ALSO[place] ?? [])].some((one) => pathname === one || pathname.startsWith(`${one}/`));
