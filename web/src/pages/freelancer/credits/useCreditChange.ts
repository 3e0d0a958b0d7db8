import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change of one's credits: the profile, what is established of it and its cases are read anew after it. */
export function useCreditChange<Sent, Answer>({ change, onDone }: {
  change: (sent: Sent) => Promise<Answer>;
  onDone: (answer: Answer, sent: Sent) => void;
}) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer, sent) => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: ["profiles", "mine"] }),
        cache.invalidateQueries({ queryKey: ["verification"] }),
      ]);
      onDone(answer, sent);
    },
  });
}
