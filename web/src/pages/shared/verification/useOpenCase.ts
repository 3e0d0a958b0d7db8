import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";

/** Prepares a verification and goes to it: nothing is checked before it is submitted there. */
export function useOpenCase() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  return useMutation({
    mutationFn: (of: Shape<"OpenCaseInput">) =>
      ask(api.POST("/verification/mine", { body: of, params: { header: { "Idempotency-Key": once.keyFor(of) } } })),
    onSuccess: async ({ case_id }) => {
      once.done();
      await cache.invalidateQueries({ queryKey: ["verification"] });
      void navigate(`/verification/${case_id}`);
    },
  });
}
