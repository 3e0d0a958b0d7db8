import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import { attestationsQuery, isOpen, type Case } from "./cases";
import classes from "./verification.module.css";

/** People at the companies of one's credits who are asked to confirm them. */
export function Attestations({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const asked = useQuery(attestationsQuery(found.case_id));
  const open = isOpen(found);
  if (open ? found.badges.length === 0 : asked.data?.length === 0) return null;
  return (
    <Section title={t("attestations.title")} hint={t("attestations.hint")} id="attestations">
      <Loaded query={asked}>{(all) => <Asked all={all} found={found} />}</Loaded>
      {open && <Asking found={found} />}
    </Section>
  );
}

const TONES = { asked: "plain", answered: "good", expired: "plain", withdrawn: "plain" } as const;

function Asked({ all, found }: { all: readonly Shape<"MyAttestationShape">[]; found: Case }) {
  const { t } = useTranslation("verification");
  const { day } = useFormats();
  const cache = useQueryClient();
  const titles = new Map(found.badges.map((credit) => [credit.credit_id, credit.title]));
  const withdraw = useMutation({
    mutationFn: (attestationId: string) =>
      ask(
        api.POST("/verification/mine/{case_id}/attestations/{attestation_id}/withdraw", {
          params: { path: { case_id: found.case_id, attestation_id: attestationId } },
        }),
      ),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["verification"] });
      document.getElementById("attestation-address")?.focus();
    },
  });
  return (
    <>
      <ul className={classes.rows}>
        {all.map((one) => (
          <li key={one.attestation_id} className={classes.row}>
            <div>
              <strong className={classes.address}>{one.address ?? t("attestations.at", { domain: one.domain })}</strong>
              {titles.has(one.credit_id) && (
                <>
                  {" "}
                  — <cite>{titles.get(one.credit_id)}</cite>
                </>
              )}
              <p className={classes.soft}>
                {one.answered_at
                  ? t("attestations.answered_on", { day: day(one.answered_at) })
                  : one.status === "asked"
                    ? t("attestations.asked_until", { day: day(one.asked_at), until: day(one.expires_at) })
                    : t("attestations.asked_on", { day: day(one.asked_at) })}
              </p>
            </div>
            <Tag tone={TONES[one.status]}>{t(`attestations.status.${one.status}`)}</Tag>
            {one.status === "asked" && isOpen(found) && (
              <Button
                variant="subtle"
                aria-label={t("attestations.withdraw_one", { address: one.address ?? one.domain })}
                loading={withdraw.isPending && withdraw.variables === one.attestation_id}
                onClick={() => withdraw.mutate(one.attestation_id)}
              >
                {t("attestations.withdraw")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {withdraw.isSuccess && (
        <Notice live>
          <p>{t("attestations.withdrawn")}</p>
        </Notice>
      )}
      <Refusal error={withdraw.error} />
    </>
  );
}

function Asking({ found }: { found: Case }) {
  const { t } = useTranslation("verification");
  const cache = useQueryClient();
  const once = useOnce();
  const draft = useDraft(`attestation/${found.case_id}`, "");
  const address = draft.value;
  const [creditId, setCreditId] = useState(found.credit_id ?? found.badges[0]!.credit_id);
  const sent = useMutation({
    mutationFn: (typed: string) => {
      const request = { address: typed.trim(), credit_id: creditId };
      return ask(
        api.POST("/verification/mine/{case_id}/attestations", {
          params: { path: { case_id: found.case_id }, header: { "Idempotency-Key": once.keyFor(request) } },
          body: request,
        }),
      );
    },
    onSuccess: (_, typed) => {
      once.done();
      draft.sent(typed);
      void cache.invalidateQueries({ queryKey: ["verification"] });
    },
  });
  const said = isProblem(sent.error) ? sent.error.at("/address") : undefined;
  return (
    <form
      className={classes.asking}
      onSubmit={(event) => {
        event.preventDefault();
        sent.mutate(address);
      }}
    >
      <div className={classes.pair}>
        <NativeSelect
          id="attestation-credit"
          label={t("attestations.credit")}
          value={creditId}
          onChange={(event) => setCreditId(event.currentTarget.value)}
          data={found.badges.map((credit) => ({ value: credit.credit_id, label: `${credit.title} (${credit.year})` }))}
        />
        <TextInput
          id="attestation-address"
          type="email"
          label={t("attestations.address")}
          value={address}
          onChange={(event) => draft.set(event.currentTarget.value)}
          error={said}
          autoComplete="off"
          required
          withAsterisk={false}
        />
      </div>
      <p className={classes.soft}>{t("attestations.what")}</p>
      <Refusal error={sent.error} fields={["/address"]} />
      {sent.isSuccess && (
        <Notice tone="good" live>
          <p>{t("attestations.sent", { address: sent.data.address ?? sent.data.domain })}</p>
        </Notice>
      )}
      <Button type="submit" variant="default" loading={sent.isPending}>
        {t("attestations.ask")}
      </Button>
    </form>
  );
}
