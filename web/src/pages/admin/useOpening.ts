import { useMutation } from "@tanstack/react-query";

/** Opens a file in a tab of its own, beside what it is about. Its link holds for a few minutes and the opening is
 * recorded: it is asked for when it is wanted. */
export function useOpening(askLink: () => Promise<{ url: string }>, opened?: () => unknown) {
  return useMutation({
    mutationFn: async () => {
      // Before the link is asked for: a browser lets a tab open only while somebody is pressing.
      const tab = window.open("", "_blank");
      if (tab) tab.opener = null;
      try {
        const { url } = await askLink();
        if (tab) tab.location.href = url;
        else location.assign(url);
      } catch (error) {
        tab?.close();
        throw error;
      }
    },
    onSuccess: opened,
  });
}
