import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { useBilingual } from "@/i18n/format";
import classes from "./Conversation.module.css";

export type Terms = Shape<"ConfidentialityShape">;

export const termsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "confidentiality"],
    queryFn: ({ signal }) =>
      ask(api.GET("/projects/{project_id}/confidentiality", { params: { path: { project_id: projectId } }, signal })),
  });

/** Confidentiality terms, clause by clause. */
export function Clauses({ clauses }: { clauses: Terms["clauses"] }) {
  const worded = useBilingual();
  return clauses.map((clause, index) => (
    <div key={index} className={classes.clause}>
      <p>
        <strong>{worded(clause.title)}</strong>
      </p>
      <p>{worded(clause.text)}</p>
    </div>
  ));
}
