import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api, ask } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Empty } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import lists from "../Lists.module.css";
import { Paged } from "../Paged";
import { Frame } from "./Frame";
import { CONSUMERS, failureFilterOf, failuresQuery, known, REASONS, searchOf, STATUSES, type Failure, type FailureFilter, type Status } from "./operations";

/** What the service could not use, to be run again or dismissed. */
export default function Failures() {
  const { t } = useTranslation("operations");
  const [chosenNow, choose] = useSearchParams();
  const filter = failureFilterOf(chosenNow);
  const query = useInfiniteQuery(failuresQuery(filter));
  const cache = useQueryClient();
  const replay = useMutation({
    mutationFn: ({ consumer, reason }: FailureFilter) =>
      ask(api.POST("/admin/failures/replay", { body: { consumer: consumer || null, reason: reason || null, parked_before: null } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["admin", "failures"] }),
  });
  const set = (change: Partial<FailureFilter>) => {
    replay.reset();
    choose(searchOf({ ...filter, ...change }), { replace: true });
  };
  const chosen = filter.consumer !== "" || filter.reason !== "";
  return (
    <Frame title={t("failures.title")} lead={t("failures.lead")}>
      <div className={lists.filters}>
        <NativeSelect
          label={t("failures.status")}
          value={filter.status}
          onChange={(event) => set({ status: event.currentTarget.value as Status })}
          data={STATUSES.map((value) => ({ value, label: t(`failures.statuses.${value}`) }))}
        />
        <NativeSelect
          id="failures-consumer"
          label={t("failures.consumer")}
          value={filter.consumer}
          onChange={(event) => set({ consumer: event.currentTarget.value })}
          data={[
            { value: "", label: t("failures.any_consumer") },
            ...CONSUMERS.map((value) => ({ value, label: t(`failures.consumers.${value}`) })),
          ]}
        />
        <NativeSelect
          label={t("failures.reason")}
          value={filter.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
          data={[
            { value: "", label: t("failures.any_reason") },
            ...REASONS.map((value) => ({ value, label: t(`failures.reasons.${value}`) })),
          ]}
        />
        {filter.status === "parked" && (
          <div className={lists.acts}>
            {chosen && (
              <Button id="replay-all" loading={replay.isPending} onClick={() => replay.mutate(filter)}>
                {t("failures.replay_all")}
              </Button>
            )}
            <span className={lists.calm}>{t(chosen ? "failures.replay_all_what" : "failures.replay_all_hint")}</span>
          </div>
        )}
      </div>
      <Refusal error={replay.error} />
      {replay.data && (
        <Notice
          tone="good"
          live
          title={replay.data.asked === 0 ? t("failures.asked_none") : t("failures.asked", { count: replay.data.asked })}
        >
          {replay.data.more && <p>{t("failures.asked_more")}</p>}
        </Notice>
      )}
      <Paged
        query={query}
        items={(page) => page.failures}
        empty={
          <Empty title={t("failures.empty")}>
            <p>{t("failures.empty_what")}</p>
          </Empty>
        }
      >
        {(all) => (
          <ul className={lists.rows}>
            {all.map((one) => (
              <li key={one.failure_id} className={lists.row}>
                <OneFailure one={one} list={searchOf(filter).toString()} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Frame>
  );
}

function OneFailure({ one, list }: { one: Failure; list: string }) {
  const { t } = useTranslation("operations");
  const { moment } = useFormats();
  return (
    <>
      <div className={lists.head}>
        <p className={lists.name}>{t(`failures.consumers.${known(one.consumer, CONSUMERS)}`)}</p>
        <StatusTag status={one.status} />
      </div>
      <p>{t(`failures.reasons.${known(one.reason, REASONS)}`)}</p>
      <p className={lists.calm}>
        {t("failures.since", { when: moment(one.first_parked_at) })} · {t("failures.times", { count: one.times_parked })}
      </p>
      {one.interrupted && <p>{t("failures.interrupted")}</p>}
      <div className={lists.acts}>
        <Link to={`/admin/operations/failures/${one.failure_id}`} state={{ list }}>{t("failures.open")}</Link>
      </div>
    </>
  );
}

export function StatusTag({ status }: { status: Status }) {
  const { t } = useTranslation("operations");
  const tone = ({ parked: "warning", replaying: "plain", replayed: "good", dismissed: "plain" } as const)[status];
  return <Tag tone={tone}>{t(`failures.tag.${status}`)}</Tag>;
}
