import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { claim, type Case } from "../cases";
import { mayClaim } from "../queue";
import { useShortcuts } from "../useShortcuts";
import classes from "./Case.module.css";
import { unsaid, useCaseAct } from "./useCaseAct";
import type { useLease } from "./useLease";

/** In whose hands the case is, for how long, and how to take it, keep it or give it back. */
export function Hold({ found, lease }: { found: Case; lease: ReturnType<typeof useLease> }) {
  const { t } = useTranslation("review");
  const { time } = useFormats();
  const { sub } = useSession();
  const path = { case_id: found.case_id };
  const body = { lease_token: found.lease?.token ?? "" };
  const own = found.pending_decision?.decided_by === sub;
  const take = useCaseAct({ found, send: () => claim(found), said: () => t("done.claimed") });
  const renew = useCaseAct({
    found,
    send: () => askVersion(api.POST("/verification/cases/{case_id}/renew", { params: { path }, body })),
    said: () => t("done.renewed"),
  });
  const release = useCaseAct({
    found,
    send: () => askVersion(api.POST("/verification/cases/{case_id}/release", { params: { path }, body })),
    said: () => t("done.released"),
  });
  const mine = lease.holder === "mine";
  const claimable = mayClaim(found, new Date()) && !own;
  const busy = take.isPending || renew.isPending || release.isPending;
  useShortcuts({
    c: () => (claimable && !busy ? take.mutate() : false),
    e: () => (mine && !busy ? renew.mutate() : false),
    r: () => (mine && !busy ? release.mutate() : false),
  });
  return (
    <section className={classes.hold} aria-label={t("hold.title")} data-tone={lease.lost || lease.soon ? "warning" : mine ? "good" : "plain"}>
      <div>
        {mine && found.lease ? (
          <p>
            <strong>{t("hold.mine", { count: lease.minutes })}</strong>{" "}
            <span className={classes.soft}>{t("hold.until", { time: time(found.lease.until) })}</span>
          </p>
        ) : (
          <p>
            <Free found={found} lost={lease.lost} own={own} another={lease.holder === "another"} />
          </p>
        )}
        <p role="status" className={classes.warned}>
          {lease.lost ? t("hold.lost") : lease.soon ? t("hold.soon") : ""}
        </p>
        <Refusal error={unsaid(take.error ?? renew.error ?? release.error)} />
      </div>
      <div className={classes.buttons}>
        {claimable && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t(lease.lost ? "hold.again" : found.state === "appealed" || found.state === "appeal_review" ? "hold.claim_appeal" : "hold.claim")}
          </Button>
        )}
        {mine && (
          <>
            <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
              {t("hold.renew")}
            </Button>
            <Button variant="default" loading={release.isPending} onClick={() => release.mutate()}>
              {t("hold.release")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

const RUNNING: readonly Case["state"][] = ["draft", "submitted", "checks_running"];
const DECIDED: readonly Case["state"][] = ["verified", "partly_verified", "refused"];
const OVER: readonly Case["state"][] = ["final", "withdrawn", "expired"];

function Free({ found, lost, own, another }: { found: Case; lost: boolean; own: boolean; another: boolean }) {
  const { t } = useTranslation("review");
  const { time, moment } = useFormats();
  if (lost) return null;
  if (another && found.lease) return t("hold.another", { time: time(found.lease.until) });
  if (own) return t("hold.own_proposal");
  if (found.state === "information_requested") return t("hold.asked", { moment: moment(found.answer_until ?? found.updated_at) });
  if (RUNNING.includes(found.state)) return t("hold.running");
  if (DECIDED.includes(found.state)) return t("hold.decided");
  if (OVER.includes(found.state)) return t("hold.over");
  if (found.pending_decision) return t("hold.free_second");
  if (found.state === "appealed" || found.state === "appeal_review") return t("hold.free_appeal");
  return t("hold.free");
}
