import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { useOnce } from "@/api/once";
import { Refusal } from "@/design/Notice";
import { useOpenCase } from "../../shared/verification/useOpenCase";
import { submitCase } from "@/pages/shared/mine";
import classes from "./Profile.module.css";

const OF = { kind: "profile", credit_id: null } as const;

/** Asks for the verification of the whole profile, in one press or with papers first. `draft`: the case that was prepared
 * for it, if one was. */
export function Submission({ draft, credits }: { draft: string | null; credits: number }) {
  const { t } = useTranslation("profile");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  const prepare = useOpenCase();
  const submit = useMutation({
    mutationFn: async () => {
      const id =
        draft ?? (await ask(api.POST("/verification/mine", { body: OF, params: { header: { "Idempotency-Key": once.keyFor(OF) } } }))).case_id;
      return submitCase(id);
    },
    onSuccess: async ({ case_id: id }) => {
      once.done();
      await Promise.all([
        cache.invalidateQueries({ queryKey: ["verification"] }),
        cache.invalidateQueries({ queryKey: ["profiles", "mine"] }),
      ]);
      void navigate(`/verification/${id}`);
    },
    // One that was prepared elsewhere meanwhile is found and submitted by the next press.
    onError: () => void cache.invalidateQueries({ queryKey: ["verification"] }),
  });
  return (
    <div className={classes.next}>
      <p>{t(credits > 0 ? "submit.ready" : "submit.without_credits")}</p>
      <Refusal error={submit.error ?? prepare.error} />
      <Button fullWidth loading={submit.isPending} onClick={() => submit.mutate()}>
        {t("submit.go")}
      </Button>
      <Button
        fullWidth
        variant="default"
        loading={prepare.isPending}
        onClick={() => (draft ? void navigate(`/verification/${draft}`) : prepare.mutate(OF))}
      >
        {t("submit.papers")}
      </Button>
      <ol>
        <li>{t("submit.then.checks")}</li>
        <li>{t("submit.then.reading")}</li>
        <li>{t("submit.then.proposed")}</li>
      </ol>
    </div>
  );
}
