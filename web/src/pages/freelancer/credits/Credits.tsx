import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { useOnce } from "@/api/once";
import { Notice, Refusal } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page } from "@/design/Page";
import { Empty } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useWords } from "@/pages/shared/person/useWords";
import { awaitsSubject, badgesQuery, casesQuery, type CaseSummary } from "../../shared/verification/cases";
import { CreditFacts } from "../../shared/verification/CreditFacts";
import { useOpenCase } from "../../shared/verification/useOpenCase";
import { mineQuery, type Credit, type MyProfile } from "@/pages/shared/mine";
import profileClasses from "../profile/Profile.module.css";
import { ProfileNav } from "../profile/ProfileNav";
import { badgesOf, caseOf, inOrder, inputOf, open, typed } from "./credit";
import classes from "./Credits.module.css";
import { NoProfile } from "./NoProfile";
import { Removal } from "./Removal";
import { useCreditChange } from "./useCreditChange";

/** What was done just before on another screen of the credits. */
type Done = { done: "added" | "saved"; title: string } | { done: "removed"; title: string; credit: Shape<"CreditInput"> };

/** All of one's past works, each with what is established of it and what would establish the rest. */
export default function Credits() {
  const { t } = useTranslation("credits");
  return (
    <LoadedPage query={useQuery(mineQuery)} title={t("title")}>
      {(held) => (held ? <All profile={held.value} /> : <NoProfile />)}
    </LoadedPage>
  );
}

function All({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("credits");
  const { t: common } = useTranslation();
  const { state } = useLocation() as { state: Done | null };
  const [done, setDone] = useState<Done | { done: "undone"; title: string } | null>(state);
  useEffect(() => {
    // It is said once: not again after a reload, when a credit may have been put back already.
    if (state) window.history.replaceState({ ...window.history.state, usr: null }, "");
  }, [state]);
  const [removing, setRemoving] = useState<Credit | null>(null);
  const add = useRef<HTMLAnchorElement>(null);
  const read = useInfiniteQuery(casesQuery);
  const cases = read.data?.pages.flatMap((page) => page.cases);
  const badges = useQuery(badgesQuery);
  const prepare = useOpenCase();
  const { credits } = profile;
  const button = (
    <Button component={Link} to="/profile/credits/new" ref={add}>
      {t("add")}
    </Button>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={credits.length > 0 && button}>
      <ProfileNav />
      {done && <DoneNotice key={`${done.done} ${done.title}`} done={done} onUndone={(title) => setDone({ done: "undone", title })} />}
      {badges.isError && (
        <Notice tone="warning" live>
          <p>{t("badges_unknown")}</p>
        </Notice>
      )}
      {!cases && read.isError && (
        <Notice
          tone="warning"
          live
          title={t("cases_unknown")}
          actions={
            <Button variant="default" onClick={() => void read.refetch()}>
              {common("retry")}
            </Button>
          }
        />
      )}
      <Refusal error={prepare.error} />
      {credits.length === 0 ? (
        <Empty title={t("none.title")} action={button}>
          <p>{t("none.what")}</p>
        </Empty>
      ) : (
        <>
          <p className={profileClasses.soft}>{t("count", { count: credits.length })}</p>
          <ul className={classes.credits}>
            {inOrder(credits).map((credit) => (
              <li key={credit.credit_id}>
                <One
                  credit={credit}
                  badges={badgesOf(credit, badges.data?.credits ?? [])}
                  under={caseOf(credit.credit_id, cases ?? [])}
                  verified={profile.status === "verified" || profile.status === "partly_verified"}
                  known={cases !== undefined}
                  preparing={prepare.isPending && prepare.variables.credit_id === credit.credit_id}
                  onPrepare={() => prepare.mutate({ kind: "credit", credit_id: credit.credit_id })}
                  onRemove={() => setRemoving(credit)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <Removal
        credit={removing}
        close={() => setRemoving(null)}
        onRemoved={(credit) => {
          setDone({ done: "removed", title: credit.title, credit: inputOf(typed(credit)) });
          add.current?.focus();
        }}
      />
    </Page>
  );
}

/** What was just done; a credit that was removed can be put back as it was declared. */
function DoneNotice({ done, onUndone }: { done: Done | { done: "undone"; title: string }; onUndone: (title: string) => void }) {
  const { t } = useTranslation("credits");
  const once = useOnce();
  const { title } = done;
  const undo = useCreditChange({
    change: (input: Shape<"CreditInput">) =>
      ask(api.POST("/profiles/mine/credits", { body: input, params: { header: { "Idempotency-Key": once.keyFor(input) } } })),
    onDone: () => {
      once.done();
      onUndone(title);
    },
  });
  const said = {
    added: t("form.added", { title }),
    saved: t("form.saved", { title }),
    removed: t("removal.done", { title }),
    undone: t("removal.undone", { title }),
  };
  return (
    <Notice
      tone="good"
      live
      actions={
        done.done === "removed" && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(done.credit)}>
            {t("removal.undo")}
          </Button>
        )
      }
    >
      <p>{said[done.done]}</p>
      <Refusal error={undo.error} />
    </Notice>
  );
}

const LEVELS = ["declared", "work", "participation", "function"] as const;

function One({ credit, badges, under, verified, known, preparing, onPrepare, onRemove }: {
  credit: Credit;
  badges: Shape<"CreditBadgesShape">;
  under: CaseSummary | undefined;
  /** Whether the profile as a whole was verified: one credit can be, on its own, from then on. */
  verified: boolean;
  /** Whether it is known which verifications are under way. */
  known: boolean;
  preparing: boolean;
  onPrepare: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("credits");
  const { list } = useFormats();
  const words = useWords();
  const { title } = credit;
  const lacks = open(badges);
  const [first] = lacks;
  const toOpen = under && (
    <Link to={`/verification/${under.case_id}`} aria-label={t("next.see_one", { title })}>
      {t("next.see")}
    </Link>
  );
  return (
    <article className={classes.credit}>
      <div>
        <CreditFacts credit={badges}>
          <p className={profileClasses.soft}>{words.work(credit)}</p>
          <p className={classes.level}>
            <Tag tone={badges.level > 0 ? "good" : "plain"}>{t(`level.${LEVELS[badges.level]}`)}</Tag>
          </p>
        </CreditFacts>
      </div>
      <div className={classes.next}>
        {first === undefined ? (
          <p>{t("next.complete")}</p>
        ) : (
          <>
            <p>
              <strong>{t("next.lacks", { facts: list(lacks.map((fact) => t(`next.fact.${fact}`))) })}</strong>
            </p>
            <p className={profileClasses.soft}>{t(`next.how.${first}`)}</p>
            {under ? (
              <p>
                {t(under.state === "draft" ? "next.draft" : awaitsSubject(under) ? "next.yours" : "next.underway")} {toOpen}
              </p>
            ) : !known ? null : verified ? (
              <Button variant="default" loading={preparing} onClick={onPrepare} aria-label={t("next.verify_one", { title })}>
                {t("next.verify")}
              </Button>
            ) : (
              <p>
                {t("next.profile")} <Link to="/profile">{t("next.profile_go")}</Link>
              </p>
            )}
          </>
        )}
        <div className={classes.acts}>
          <Button component={Link} to={`/profile/credits/${credit.credit_id}`} variant="subtle" aria-label={t("change_one", { title })}>
            {t("change")}
          </Button>
          <Button variant="subtle" onClick={onRemove} aria-label={t("remove_one", { title })}>
            {t("remove")}
          </Button>
        </div>
      </div>
    </article>
  );
}
