import type { Shape } from "@/api/client";

export type Remark = Shape<"RemarkShape">;
export type RemarkList = Shape<"RemarkList">;
export type AsideReason = Shape<"SetAsideInput">["reason"];

export const ASIDE_REASONS = ["unstated", "works", "level", "dates", "rate", "known", "other"] as const satisfies readonly AsideReason[];

/** What is kept about somebody; nothing as long as nobody has said anything. */
export const remarkOf = (list: RemarkList | undefined, profileId: string): Remark =>
  list?.remarks.find((one) => one.profile_id === profileId) ?? {
    profile_id: profileId,
    note: null,
    version: 0,
    noted_at: null,
    noted_by_me: false,
    dismissal: null,
  };

/** The list with this remark in the place of the one about the same person. */
export const patched = (list: RemarkList, remark: Remark): RemarkList => ({
  ...list,
  remarks: [...list.remarks.filter((one) => one.profile_id !== remark.profile_id), remark],
});
