import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, askVersion } from "@/api/client";
import { isProblem, Problem } from "@/api/problem";
import { useDraft } from "@/design/useDraft";
import { fieldsOf, inputOf, nameOf, part, settle, writtenSince, type Fields, type Name, type SectionName, type Some, type Writing } from "./fields";
import { mineQuery, readMine, type Held } from "@/pages/shared/mine";

const MOST_TRIES = 3;

/** Puts what was written in a section upon the profile as it stands. Whatever else of it has changed meanwhile stays as
 * it is now. Raises Problem; of status 412 where both have changed the same. */
async function save(cache: QueryClient, section: SectionName, writing: Writing): Promise<Held> {
  let held = cache.getQueryData(mineQuery.queryKey) ?? (await readMine());
  for (let tries = 1; held; tries += 1) {
    const now = fieldsOf(held.value);
    const { merged, contested } = settle(writing, part(now, section));
    if (contested.length > 0) break;
    try {
      return await askVersion(
        api.PUT("/profiles/mine", { body: inputOf({ ...now, ...merged }), params: { header: { "If-Match": held.version } } }),
      );
    } catch (error) {
      if (!isProblem(error) || error.status !== 412 || tries === MOST_TRIES) throw error;
      held = await readMine();
      cache.setQueryData(mineQuery.queryKey, held);
    }
  }
  throw new Problem(412, null);
}

/** One section of one's profile, as it stands and as it is being changed. What is being written is kept on this device
 * until it is saved or given up: a section is open for as long as that is so. */
export function useSection(section: SectionName, held: Held, onSaved: () => void) {
  const cache = useQueryClient();
  const draft = useDraft<Writing | null>(`profile/${section}`, null);
  const now = useMemo(() => part(fieldsOf(held.value), section), [held, section]);
  const writing = draft.value;
  const settled = useMemo(() => writing && settle(writing, now), [writing, now]);
  const put = useMutation({
    mutationFn: (written: Writing) => save(cache, section, written),
    onSuccess: (saved, written) => {
      cache.setQueryData(mineQuery.queryKey, saved);
      const now = part(fieldsOf(saved.value), section);
      draft.sent((later) => writtenSince(later, written, now));
      onSaved();
    },
  });
  const errors = isProblem(put.error) ? put.error.errors : [];
  return {
    now: now as Fields,
    /** What the form shows; null while nobody writes in it. */
    form: (settled?.merged ?? null) as Fields | null,
    contested: settled?.contested ?? [],
    /** Of a contested field, what stands on the server. */
    theirs: now as Fields,
    pending: put.isPending,
    error: put.error,
    /** What is said of a field. */
    at: (name: Name) => errors.find((one) => nameOf(one.pointer) === name)?.message,
    /** The pointers of what is said beside fields of this section. */
    beside: errors.filter((one) => (nameOf(one.pointer) ?? "") in now).map((one) => one.pointer),
    open: () => draft.set({ form: now, base: now }),
    set: (changes: Some) =>
      draft.set((before) => (before ? { base: rebased(before, now), form: { ...settle(before, now).merged, ...changes } } : before)),
    keepMine: () => draft.set((before) => before && { ...before, base: now }),
    takeTheirs: (names: readonly Name[]) =>
      draft.set(
        (before) =>
          before && {
            base: now,
            form: { ...settle(before, now).merged, ...Object.fromEntries(names.map((name) => [name, (now as Fields)[name]])) },
          },
      ),
    giveUp() {
      draft.clear();
      put.reset();
    },
    save: () => writing && put.mutate(writing),
  };
}

/** What the writing is measured against once what somebody else changed alone is in it: a contested field still is. */
function rebased(writing: Writing, now: Some): Some {
  const { contested } = settle(writing, now);
  return Object.fromEntries(
    (Object.keys(now) as Name[]).map((name) => [name, (contested.includes(name) ? writing.base : now)[name]]),
  );
}

export type SectionForm = ReturnType<typeof useSection>;
