import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router";
import { Notice, Refusal } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import { caseQuery, soonest, type Case } from "../cases";
import { filtersOf } from "../queue";
import { Due } from "../QueueRow";
import { Shortcuts } from "../Shortcuts";
import { useShortcuts } from "../useShortcuts";
import { Advice } from "./Advice";
import { AskForm } from "./AskForm";
import classes from "./Case.module.css";
import { DecisionForm } from "./DecisionForm";
import { History } from "./History";
import { Hold } from "./Hold";
import { KeptDraft } from "./KeptDraft";
import { Past, Pending, Questions } from "./Past";
import { Reopen } from "./Reopen";
import { SecondForm } from "./SecondForm";
import { Sides } from "./Sides";
import { Tell, type Said } from "./useCaseAct";
import { useLease } from "./useLease";
import { NOTHING_YET, type Draft } from "./verdict";

/** A case as an administrator decides on it: what is claimed beside what shows it, and what may be done about it. */
export default function CaseScreen() {
  const { caseId = "" } = useParams();
  const { t } = useTranslation("review");
  return (
    <LoadedPage query={useQuery(caseQuery(caseId))} title={t("unread")} back={{ to: "/", label: t("back") }}>
      {({ value, version }) => <Shown key={caseId} found={value} version={version} />}
    </LoadedPage>
  );
}

function Shown({ found, version }: { found: Case; version: string }) {
  const { t } = useTranslation("review");
  const { day } = useFormats();
  const both = useBilingual();
  const navigate = useNavigate();
  const location = useLocation();
  const search = (location.state as { queue?: string } | null)?.queue ?? "";
  const lease = useLease(found);
  const draft = useDraft<Draft>(`decision-${found.case_id}`, NOTHING_YET);
  const [said, setSaid] = useState<Said | null>(null);
  const told = useRef<HTMLDivElement>(null);
  // Whoever reads by ear, or whose button has gone with what it did, goes on where it is said.
  useEffect(() => {
    if (said) told.current?.focus();
  }, [said]);
  const tell = useCallback((what: Said) => setSaid(what), []);
  const toQueue = `/${search}`;
  const next = useNext(found.case_id, search, tell);
  useShortcuts({ n: () => next.mutate(), u: () => void navigate(toQueue) });

  const held = found.lease?.mine === true && (found.state === "in_review" || found.state === "appeal_review");
  const deciding = held && found.pending_decision === null;
  const name = found.person?.person_name ?? found.company?.legal_name;
  const title = found.kind === "credit" ? (found.credits_in_review[0]?.claim?.title ?? name) : name;
  return (
    <Tell value={tell}>
      <Page
        width="wide"
        title={title ? t(`of.${found.kind}`, { name: title }) : t(`nameless.${found.kind}`)}
        back={{ to: toQueue, label: t("back") }}
        over={
          <span className={classes.tags}>
            <Tag>{both(found.state_label)}</Tag>
            {found.route_label && <Tag>{both(found.route_label)}</Tag>}
            {found.pressing && <Tag tone="warning">{t("pressing")}</Tag>}
          </span>
        }
        lead={
          <div className={classes.lead}>
            <Due one={found} inline />
            {found.submitted_at && <p>{t("submitted", { day: day(found.submitted_at) })}</p>}
          </div>
        }
        actions={
          <>
            <Button variant="default" loading={next.isPending} onClick={() => next.mutate()}>
              {t("next")}
            </Button>
            <Shortcuts />
          </>
        }
      >
        <div ref={told} tabIndex={-1} className={classes.told}>
          {said && (
            <Notice tone={said.tone} title={said.title} live>
              {said.text && <p>{said.text}</p>}
            </Notice>
          )}
        </div>
        <Refusal error={next.error} />
        <Hold found={found} lease={lease} />
        <Advice found={found} />
        <Past found={found} />
        <Questions found={found} />
        <Sides found={found} open={lease.holder === "mine"} draft={deciding ? draft.value : null} setDraft={draft.set} />
        {found.pending_decision && <Pending found={found} />}
        {held && found.pending_decision && <SecondForm key={found.lease?.token} found={found} lost={lease.lost} />}
        {deciding && <DecisionForm found={found} draft={draft} lost={lease.lost} />}
        {deciding && found.state === "in_review" && <AskForm found={found} lost={lease.lost} />}
        {!deciding && draft.kept && <KeptDraft draft={draft} />}
        <Reopen found={found} version={version} />
        <History found={found} />
      </Page>
    </Tell>
  );
}

/** To the case that is due soonest among those that one was looking at. */
function useNext(caseId: string, search: string, tell: (said: Said) => void) {
  const { t } = useTranslation("review");
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => soonest(filtersOf(new URLSearchParams(search)), caseId),
    onSuccess: (one) => {
      if (one) void navigate(`/admin/cases/${one.case_id}`, { state: { queue: search } });
      else tell({ tone: "plain", title: t("nothing_next") });
    },
  });
}
