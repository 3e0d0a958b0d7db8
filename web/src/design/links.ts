/** An address that may be followed: one of the web, and nothing that would run here. */
export const safe = (url: string | null) => (url && /^https?:\/\//i.test(url) ? url : null);
