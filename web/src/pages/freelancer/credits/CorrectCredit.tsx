import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { api, ask } from "@/api/client";
import { isProblem, Problem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page } from "@/design/Page";
import { Empty } from "@/design/States";
import { useDraft } from "@/design/useDraft";
import { mineQuery, readMine, type Credit, type Held } from "@/pages/shared/mine";
import { Conflict } from "./Conflict";
import { differing, inputOf, typed, type Typed } from "./credit";
import { CreditForm } from "./CreditForm";
import { NoProfile } from "./NoProfile";
import { Removal } from "./Removal";
import { useCreditChange } from "./useCreditChange";

/** A past work corrected, or taken away. */
export default function CorrectCredit() {
  const { creditId = "" } = useParams();
  const { t } = useTranslation("credits");
  return (
    <LoadedPage query={useQuery(mineQuery)} title={t("form.correct")} back={{ to: "/profile/credits", label: t("back") }}>
      {(held) => {
        if (!held) return <NoProfile />;
        const credit = held.value.credits.find((one) => one.credit_id === creditId);
        return credit ? <Correct key={creditId} credit={credit} held={held} /> : <Gone />;
      }}
    </LoadedPage>
  );
}

function Gone() {
  const { t } = useTranslation("credits");
  return (
    <Page title={t("form.correct")} back={{ to: "/profile/credits", label: t("back") }}>
      <Empty
        title={t("form.gone")}
        action={
          <Button component={Link} to="/profile/credits">
            {t("back")}
          </Button>
        }
      >
        <p>{t("form.gone_what")}</p>
      </Empty>
    </Page>
  );
}

interface Draft {
  form: Typed;
  /** What stood there when the correction was begun. */
  base: Typed;
}

function Correct({ credit, held }: { credit: Credit; held: Held }) {
  const { t } = useTranslation("credits");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { credit_id: id } = credit;
  const now = typed(credit);
  const draft = useDraft<Draft | null>(`credit/${id}`, null);
  const { form, base } = draft.value ?? { form: now, base: now };
  const [removing, setRemoving] = useState(false);
  const raced = differing(base, now).length > 0 && differing(form, now).length > 0;
  const save = useCreditChange({
    change: async ({ form: written }: Draft) => {
      const put = (version: string) =>
        ask(
          api.PUT("/profiles/mine/credits/{credit_id}", {
            body: inputOf(written),
            params: { path: { credit_id: id }, header: { "If-Match": version } },
          }),
        );
      try {
        return await put(held.version);
      } catch (error) {
        if (!isProblem(error) || error.status !== 412) throw error;
        // The version is that of the whole profile: as long as this credit is what it was, the correction still stands.
        const read = await readMine();
        cache.setQueryData(mineQuery.queryKey, read);
        const there = read?.value.credits.find((one) => one.credit_id === id);
        if (!read || !there) throw new Problem(404, null);
        if (differing(base, typed(there)).length > 0) throw error;
        return put(read.version);
      }
    },
    onDone: ({ title }, sent) => {
      draft.sent((later) => later && (differing(later.form, sent.form).length > 0 ? { form: later.form, base: sent.form } : null));
      void navigate("/profile/credits", { state: { done: "saved", title } });
    },
  });
  return (
    <Page
      title={credit.title}
      over={t("form.correct")}
      width="narrow"
      back={{ to: "/profile/credits", label: t("back") }}
      actions={
        <Button variant="default" onClick={() => setRemoving(true)}>
          {t("removal.go")}
        </Button>
      }
    >
      {raced && (
        <Conflict
          mine={form}
          theirs={now}
          onMine={() => draft.set({ form, base: now })}
          onTheirs={() => {
            draft.clear();
            save.reset();
          }}
        />
      )}
      {credit.level > 0 && differing(form, now).length > 0 && (
        <Notice tone="warning" live>
          <p>{t("form.anew")}</p>
        </Notice>
      )}
      <CreditForm
        form={form}
        set={(changes) => draft.set((before) => ({ base: before?.base ?? now, form: { ...(before?.form ?? now), ...changes } }))}
        kept={draft.kept}
        error={raced ? null : save.error}
        pending={save.isPending}
        blocked={raced}
        onSave={() => save.mutate({ form, base })}
        onGiveUp={() => {
          draft.clear();
          save.reset();
          document.getElementById("title")?.focus();
        }}
      />
      <Removal
        credit={removing ? credit : null}
        close={() => setRemoving(false)}
        onRemoved={() => {
          draft.clear();
          void navigate("/profile/credits", { state: { done: "removed", title: credit.title, credit: inputOf(now) } });
        }}
      />
    </Page>
  );
}
