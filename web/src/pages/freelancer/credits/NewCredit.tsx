import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { useOnce } from "@/api/once";
import { Notice } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { mineQuery, type MyProfile } from "@/pages/shared/mine";
import { blank, inputOf, type Typed } from "./credit";
import { CreditForm } from "./CreditForm";
import { NoProfile } from "./NoProfile";
import { useCreditChange } from "./useCreditChange";

/** A past work declared in one screen; another one right after, if there is. */
export default function NewCredit() {
  const { t } = useTranslation("credits");
  return (
    <LoadedPage query={useQuery(mineQuery)} title={t("form.new")}>
      {(held) => (held ? <New profile={held.value} /> : <NoProfile />)}
    </LoadedPage>
  );
}

function New({ profile }: { profile: MyProfile }) {
  const { t } = useTranslation("credits");
  const navigate = useNavigate();
  const once = useOnce();
  const draft = useDraft<Typed | null>("credit/new", null);
  const form = draft.value ?? blank(profile);
  const [added, setAdded] = useState("");
  const add = useCreditChange({
    change: ({ written }: { written: Typed; another: boolean }) => {
      const input = inputOf(written);
      return ask(api.POST("/profiles/mine/credits", { body: input, params: { header: { "Idempotency-Key": once.keyFor(input) } } }));
    },
    onDone: ({ title }, { another, written }) => {
      once.done();
      draft.sent(written);
      if (!another) return void navigate("/profile/credits", { state: { done: "added", title } });
      setAdded(title);
      document.getElementById("title")?.focus();
    },
  });
  return (
    <Page title={t("form.new")} lead={t("form.lead")} width="narrow" back={{ to: "/profile/credits", label: t("back") }}>
      {added && (
        <Notice tone="good" live title={t("form.added", { title: added })}>
          <p>{t("form.added_next")}</p>
        </Notice>
      )}
      <CreditForm
        form={form}
        set={(changes) => draft.set((before) => ({ ...(before ?? form), ...changes }))}
        kept={draft.kept}
        error={add.error}
        pending={add.isPending}
        another
        onSave={(another) => {
          setAdded("");
          add.mutate({ written: form, another });
        }}
        onGiveUp={() => {
          draft.clear();
          add.reset();
          document.getElementById("title")?.focus();
        }}
      />
    </Page>
  );
}
