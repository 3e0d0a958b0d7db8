import { QueryClient } from "@tanstack/react-query";
import { isProblem } from "./problem";

/** Whether the same request may have another answer by itself. */
const mayPass = (error: unknown) => isProblem(error) && (error.status === 0 || error.status >= 500);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failed, error) => failed < 1 && mayPass(error),
      retryDelay: 600,
      // Without a network the request fails and says so; waiting for the network in silence helps nobody.
      networkMode: "always",
      // A result is handed on to what reads more of it later; it must not be the one of an earlier moment then.
      notifyOnChangeProps: "all",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
