import { useTranslation } from "react-i18next";
import { Tag } from "@/design/Tag";
import type { IdentityRequest } from "./moderation";

/** What became of a request; one that nobody agreed to in time is over. */
export function RequestState({ one }: { one: IdentityRequest }) {
  const { t } = useTranslation("adminModeration");
  const state = one.state === "asked" && Date.parse(one.agree_until) <= Date.now() ? "lapsed" : one.state;
  return <Tag tone={({ asked: "warning", granted: "good", refused: "plain", lapsed: "plain" } as const)[state]}>{t(`identity.state.${state}`)}</Tag>;
}
