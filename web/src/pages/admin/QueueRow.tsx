import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import type { CaseSummary } from "./cases";
import { holderOf, mayClaim, urgencyOf } from "./queue";
import classes from "./Queue.module.css";

/** A case of the queue: who or what it is about, how long is left, who has it. */
export function QueueRow({ one, search, taking, onTake }: {
  one: CaseSummary;
  /** Of the queue, to come back to it. */
  search: string;
  taking: boolean;
  onTake: () => void;
}) {
  const { t } = useTranslation("queue");
  const { moment } = useFormats();
  const both = useBilingual();
  const now = new Date();
  const kind = t(`kind.${one.kind}`);
  const name = one.work_title ?? one.subject_name ?? kind;
  const more = [
    name !== kind && kind,
    one.work_title !== null && one.subject_name,
    one.kind === "profile" && t("row.credits", { count: one.credits }),
  ].filter(Boolean);
  const given = moment(one.submitted_at ?? one.opened_at);
  const to = `/admin/cases/${one.case_id}`;
  const mine = holderOf(one, now) === "mine";
  return (
    <li className={classes.row} data-urgency={urgencyOf(one)}>
      <div className={classes.what}>
        <Link to={to} state={{ queue: search }} className={classes.name} data-case={one.case_id}>
          {name}
          {more.length > 0 && <span className={classes.soft}> · {more.join(" · ")}</span>}
        </Link>
        <p className={classes.soft}>{t("row.submitted", { moment: given })}</p>
        <p className={classes.tags}>
          <Tag tone={one.state === "appealed" || one.state === "appeal_review" ? "warning" : "plain"}>{both(one.state_label)}</Tag>
          {one.route_label && <Tag>{both(one.route_label)}</Tag>}
          {one.awaits_second && <Tag tone="warning">{t("second")}</Tag>}
          {one.pressing && <Tag tone="warning">{t("pressing")}</Tag>}
        </p>
      </div>
      <Due one={one} />
      <div className={classes.holder}>
        <Holder one={one} now={now} />
        {mayClaim(one, now) && (
          <Button variant="default" loading={taking} aria-label={t("row.claim_one", { name, moment: given })} onClick={onTake}>
            {t("row.claim")}
          </Button>
        )}
        {mine && (
          <Button component={Link} to={to} state={{ queue: search }} aria-label={t("row.resume_one", { name, moment: given })}>
            {t("row.resume")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** How long is left, in colour and in words. */
export function Due({ one, inline = false }: { one: Pick<CaseSummary, "clock" | "answer_until">; inline?: boolean }) {
  const { t } = useTranslation("queue");
  const { shortDay, time } = useFormats();
  const both = useBilingual();
  const at = (value: string) => ({ day: shortDay(value), time: time(value) });
  if (one.clock) {
    return (
      <div className={inline ? `${classes.due} ${classes.inline}` : classes.due} data-urgency={urgencyOf(one)}>
        <strong>{both(one.clock.words)}</strong>
        <span className={classes.soft}>{t("row.due", at(one.clock.due_at))}</span>
      </div>
    );
  }
  return one.answer_until ? (
    <div className={classes.due}>
      <span className={classes.soft}>{t("row.answer_until", at(one.answer_until))}</span>
    </div>
  ) : (
    <div className={classes.due} />
  );
}

function Holder({ one, now }: { one: CaseSummary; now: Date }) {
  const { t } = useTranslation("queue");
  const { time } = useFormats();
  const holder = holderOf(one, now);
  if (holder === "nobody" || !one.lease) return null;
  return <span className={holder === "mine" ? classes.mine : classes.soft}>{t(`holder.${holder}`, { time: time(one.lease.until) })}</span>;
}
