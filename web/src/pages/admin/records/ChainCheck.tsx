import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useBilingual } from "@/i18n/format";
import lists from "../Lists.module.css";

interface Props {
  thing: "case_id" | "alarm_id";
  reference: string;
}

/** Whether the facts of a case or an alarm are as they were written, recomputed when it is asked for. */
export function ChainCheck({ thing, reference }: Props) {
  const { t } = useTranslation("audit");
  const check = useMutation({
    mutationFn: () => ask(api.GET("/admin/audit/chain", { params: { query: { [thing]: reference } } })),
  });
  return (
    <Section title={t("chain.title")} hint={t("chain.what")} id="chain">
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        {t("chain.check")}
      </Button>
      <Refusal error={check.error} />
      {check.data?.chains.map((chain) => <OneChain key={chain.of} chain={chain} />)}
    </Section>
  );
}

function OneChain({ chain }: { chain: Shape<"ChainShape"> }) {
  const { t } = useTranslation("audit");
  const bilingual = useBilingual();
  const of = t(`chain.of.${chain.of}`);
  return (
    <Notice tone={chain.sound ? "good" : "danger"} live title={`${of} · ${t(chain.sound ? "chain.sound" : "chain.unsound")}`}>
      <p>
        {chain.position === null ? t("chain.none") : t("chain.links", { count: chain.position })}
        {chain.older > 0 && `, ${t("chain.older", { count: chain.older })}`}
      </p>
      {!chain.sound && <p>{t("chain.unsound_what")}</p>}
      {chain.findings.length > 0 && (
        <ul>
          {chain.findings.map(({ label, position, event_id, trouble }) => (
            <li key={`${trouble}/${position}/${event_id}`}>
              {position === null ? bilingual(label) : t("chain.at", { position, what: bilingual(label) })}
            </li>
          ))}
        </ul>
      )}
      {chain.digest && (
        <details className={lists.further}>
          <summary>{t("chain.last")}</summary>
          <code className={lists.raw}>{chain.digest}</code>
        </details>
      )}
    </Notice>
  );
}
