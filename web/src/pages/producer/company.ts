import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";

/** The company one acts for; null while there is none. */
export const companyQuery = queryOptions({
  queryKey: ["companies", "mine", "or none"],
  queryFn: ({ signal }) =>
    ask(api.GET("/companies/mine", { signal })).catch((error: unknown) => {
      if (isProblem(error) && error.status === 404) return null;
      throw error;
    }),
});
