import type { Shape } from "@/api/client";

export type Brief = Shape<"BriefShape">;
export type Person = Shape<"PersonShape">;
export type Profile = Shape<"ProfileShape">;
export type Contribution = Shape<"ContributionShape">;
export type Contact = Shape<"ConversationShape">;
export type Facts = Shape<"BadgeFacts">;
