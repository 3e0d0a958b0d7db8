import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { useOnce } from "@/api/once";
import { Notice } from "@/design/Notice";
import { useComplete } from "@/design/useComplete";
import { useDraft } from "@/design/useDraft";
import { asSent } from "../../shared/passages";
import { OtherRefusal } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { useStep } from "../useStep";
import { GroundAndFacts, type Grounded } from "./GroundAndFacts";
import { MeasureTaken } from "./MeasureTaken";

/** Sends a project that is online back to its company. */
export function ReturnBrief({ briefId, reportId }: { briefId: string; reportId: string | null }) {
  const { t } = useTranslation("adminModeration");
  const draft = useDraft<Grounded>(`admin/return/${briefId}`, { ground: "", facts: "" });
  const once = useOnce();
  const complete = useComplete();
  const cache = useQueryClient();
  const send = useStep({
    key: reportId === null ? ["admin", "projects"] : ["admin", "reports"],
    send: ({ ground, facts }: Grounded) => {
      if (ground === "") throw new Error("a ground is chosen before it is sent");
      const body = { ground, facts: asSent(facts), report_id: reportId };
      return ask(
        api.POST("/admin/briefs/{brief_id}/return", {
          params: { path: { brief_id: briefId }, header: { "Idempotency-Key": once.keyFor(body) } },
          body,
        }),
      );
    },
    said: () => t("return.done"),
    done: () => {
      once.done();
      draft.clear();
      void cache.invalidateQueries({ queryKey: ["admin", "measures"] });
      void cache.invalidateQueries({ queryKey: ["admin", "projects", "list"] });
    },
  });
  if (send.data) return <MeasureTaken measureId={send.data.measure_id} answer={reportId !== null} />;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (complete.check(event.currentTarget)) send.mutate(draft.value);
      }}
    >
      <GroundAndFacts id="return" kind="brief" value={draft.value} onChange={draft.set} error={send.error} complete={complete} />
      <Notice title={t("follows")}>
        <ul className={classes.follows}>
          <li>{t("return.follows.offline")}</li>
          <li>{t("return.follows.told")}</li>
          <li>{t("return.follows.again")}</li>
        </ul>
      </Notice>
      <OtherRefusal error={send.error} fields={["/ground", "/facts"]} />
      <div className={classes.buttons}>
        <Button type="submit" loading={send.isPending}>
          {t("return.do")}
        </Button>
      </div>
    </form>
  );
}
