import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Facts } from "@/design/Tag";
import { useDraft } from "@/design/useDraft";
import { useFormats } from "@/i18n/format";
import { Tell } from "../../shared/useAct";
import lists from "../Lists.module.css";
import { Told } from "../Told";
import { StatusTag } from "./Failures";
import { CONSUMERS, failureQuery, known, REASONS } from "./operations";

type Detail = Shape<"FailureDetail">;

/** One record that could not be used: why, what became of it, and what may be done. */
export default function FailureScreen() {
  const { t } = useTranslation("operations");
  const { failureId = "" } = useParams();
  const list = (useLocation().state as { list?: string } | null)?.list;
  const query = useQuery(failureQuery(failureId));
  return (
    <Page
      title={query.data ? t(`failures.consumers.${known(query.data.consumer, CONSUMERS)}`) : t("failures.title")}
      over={query.data && <StatusTag status={query.data.status} />}
      back={{ to: list ? `/admin/operations/failures?${list}` : "/admin/operations/failures", label: t("failures.back") }}
    >
      <Loaded query={query}>{(one) => (
          <Told key={failureId}>
            <Detail one={one} />
          </Told>
        )}</Loaded>
    </Page>
  );
}

function Detail({ one }: { one: Detail }) {
  const { t } = useTranslation("operations");
  const { moment, number } = useFormats();
  return (
    <>
      <Section>
        <Facts
          items={[
            [t("failures.facts.reason"), t(`failures.reasons.${known(one.reason, REASONS)}`)],
            [t("failures.facts.first"), moment(one.first_parked_at)],
            [t("failures.facts.last"), moment(one.last_parked_at)],
            [t("failures.facts.times"), number(one.times_parked)],
          ]}
        />
        {one.interrupted && <Notice tone="warning" title={t("failures.interrupted")} />}
        {one.dismissal && (
          <Notice title={t("failures.dismissed_on", { when: moment(one.dismissal.at) })}>
            <p>{one.dismissal.reason}</p>
          </Notice>
        )}
        <Acts one={one} />
      </Section>
      <Section title={t("failures.history")}>
        {one.replays.length === 0 && <p className={lists.calm}>{t("failures.history_none")}</p>}
        {one.replays.length > 0 && (
          <ul className={lists.rows}>
            {one.replays.map((replay) => (
              <li key={replay.requested_at} className={lists.row}>
                <p>{t(`failures.outcomes.${replay.outcome ?? "waiting"}`)}</p>
                <p className={lists.calm}>{t("failures.asked_on", { when: moment(replay.requested_at) })}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("failures.record")} hint={t("failures.record_hint")}>
        <details className={lists.further}>
          <summary>{t("failures.record_show")}</summary>
          <pre className={lists.raw}>{JSON.stringify(one.record, null, 2)}</pre>
        </details>
        <details className={lists.further}>
          <summary>{t("failures.reference")}</summary>
          <Facts
            items={[
              [t("failures.type"), one.event_type],
              [t("failures.event"), one.event_id],
              [t("failures.correlation"), one.correlation_id],
            ]}
          />
        </details>
      </Section>
    </>
  );
}

function Acts({ one }: { one: Detail }) {
  const { t } = useTranslation("operations");
  const cache = useQueryClient();
  const once = useOnce();
  const tell = useContext(Tell);
  const draft = useDraft(`dismiss/${one.failure_id}`, "");
  const path = { failure_id: one.failure_id };
  const again = () => {
    void cache.invalidateQueries({ queryKey: ["admin", "failures"] });
    return cache.invalidateQueries({ queryKey: failureQuery(one.failure_id).queryKey });
  };
  const replay = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/admin/failures/{failure_id}/replay", {
          params: { path, header: { "Idempotency-Key": once.keyFor([one.failure_id, one.replays.length]) } },
        }),
      ),
    onSuccess: async () => {
      once.done();
      await again();
      tell({ tone: "good", title: t("failures.replay_asked") });
    },
  });
  const dismiss = useMutation({
    mutationFn: () => ask(api.POST("/admin/failures/{failure_id}/dismiss", { params: { path }, body: { reason: draft.value.trim() } })),
    onSuccess: async () => {
      draft.clear();
      await again();
      tell({ tone: "good", title: t("failures.dismissed") });
    },
  });
  const open = one.status === "parked" || one.interrupted;
  return (
    <>
      {open && one.replayable && (
        <>
          <p>{t("failures.replay_what")}</p>
          <Button id="replay" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t("failures.replay")}
          </Button>
        </>
      )}
      {open && !one.replayable && <p>{t("failures.not_replayable")}</p>}
      <Refusal error={replay.error} reload={() => void again()} />
      {open && (
        <details className={lists.further} open={draft.kept || undefined}>
          <summary>{t("failures.dismiss")}</summary>
          <form
            className={lists.form}
            onSubmit={(event) => {
              event.preventDefault();
              dismiss.mutate();
            }}
          >
            <Textarea
              id="dismiss-why"
              label={t("failures.dismiss_why")}
              description={t("failures.dismiss_hint")}
              value={draft.value}
              onChange={(event) => draft.set(event.currentTarget.value)}
              error={isProblem(dismiss.error) ? dismiss.error.at("/reason") : undefined}
              minLength={3}
              maxLength={500}
              rows={3}
              required
              withAsterisk={false}
            />
            <Refusal error={dismiss.error} fields={["/reason"]} reload={() => void again()} />
            <div>
              <Button type="submit" variant="default" loading={dismiss.isPending}>
                {t("failures.dismiss")}
              </Button>
            </div>
          </form>
        </details>
      )}
    </>
  );
}
