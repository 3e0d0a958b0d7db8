import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { patched, remarkOf, type AsideReason, type Remark, type RemarkList } from "./remarkList";

export const remarksQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "remarks"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/remarks", { params: { path: { brief_id: briefId } }, signal })),
  });

/** What the company keeps to itself about the people of one project: the same for every colleague. */
export function useRemarks(briefId: string) {
  const cache = useQueryClient();
  const { queryKey } = remarksQuery(briefId);
  const query = useQuery(remarksQuery(briefId));

  /** That is how it stands; what was being read meanwhile is older. */
  const keep = async (remark: Remark) => {
    await cache.cancelQueries({ queryKey });
    cache.setQueryData(queryKey, (before) => before && patched(before, remark));
  };

  const setting = useMutation({
    // One after the other, or an undo could overtake what it takes back.
    scope: { id: `remarks/${briefId}` },
    mutationFn: ({ profileId, reason }: { profileId: string; reason: AsideReason | null }) => {
      const params = { path: { brief_id: briefId, profile_id: profileId } };
      const path = "/briefs/{brief_id}/matches/{profile_id}/dismiss";
      return ask(reason ? api.POST(path, { params, body: { reason } }) : api.DELETE(path, { params }));
    },
    onMutate: async ({ profileId, reason }): Promise<RemarkList | undefined> => {
      const before = cache.getQueryData(queryKey);
      const dismissal: Shape<"SetAsideShape"> | null = reason && { reason, dismissed_at: new Date().toISOString() };
      await keep({ ...remarkOf(before, profileId), dismissal });
      return before;
    },
    onSuccess: keep,
    onError: (_error, _given, before) => {
      cache.setQueryData(queryKey, before);
      return cache.invalidateQueries({ queryKey });
    },
  });

  return {
    query,
    of: (profileId: string): Remark => remarkOf(query.data, profileId),
    keep,
    /** Why the last setting aside, or its undoing, did not come through. */
    refusal: setting.error,
    /** Sets somebody aside, or gives another reason; null takes it back. Whether it came through. */
    setAside: (profileId: string, reason: AsideReason | null): Promise<boolean> =>
      setting.mutateAsync({ profileId, reason }).then(
        () => true,
        () => false,
      ),
  };
}

export type Remarks = ReturnType<typeof useRemarks>;
