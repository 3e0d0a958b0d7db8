import { Anchor, Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { LoadedPage } from "@/design/LoadedPage";
import { Page } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual } from "@/i18n/format";
import { caseQuery, casesQuery, isOpen } from "@/pages/shared/verification/cases";
import { Clock } from "@/pages/shared/verification/Clock";
import { useOpenCase } from "@/pages/shared/verification/useOpenCase";
import { CompanyForm } from "./CompanyForm";
import { Members } from "./Members";
import { heldQuery, type Company as Mine } from "./company";
import { written } from "@/design/siren";

/** One's company: what is known of it and why, whether it is verified, who acts for it. */
export default function Company() {
  const query = useQuery(heldQuery);
  const { t } = useTranslation();
  return (
    <LoadedPage query={query} title={t("nav.company")}>
      {(current) => (current ? <Known current={current} /> : <First />)}
    </LoadedPage>
  );
}

/** Somebody who has no company yet introduces it, and goes on to its verification; or joins one that invited them. */
function First() {
  const { t } = useTranslation("company");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const prepare = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/verification/mine", {
          body: { kind: "company", credit_id: null },
          params: { header: { "Idempotency-Key": crypto.randomUUID() } },
        }),
      ),
    onSettled: async (opened) => {
      await cache.invalidateQueries({ queryKey: ["verification"] });
      // Where it could not be prepared, the company's own screen has the button that does.
      void navigate(opened ? `/verification/${opened.case_id}` : "/company");
    },
  });
  return (
    <Page title={t("first.title")} lead={t("first.lead")}>
      <p>
        {t("first.invited")}{" "}
        <Anchor component={Link} to="/company/join">
          {t("first.join")}
        </Anchor>
      </p>
      <CompanyForm current={null} onSaved={() => prepare.mutate()} />
    </Page>
  );
}

function Known({ current }: { current: { value: Mine; version: string } }) {
  const { t } = useTranslation("company");
  const company = current.value;
  const [saved, setSaved] = useState(false);
  return (
    <Page
      title={company.legal_name}
      over={
        <>
          {t("siren", { siren: written(company.siren) })}{" "}
          <Tag tone={company.status === "verified" ? "good" : "warning"}>{t(`status.${company.status}`)}</Tag>
        </>
      }
      lead={t("lead")}
    >
      {company.suspended && (
        <Notice tone="danger" title={t("suspended.title")}>
          <p>
            {t("suspended.what")} <Link to="/moderation">{t("suspended.why")}</Link>
          </p>
        </Notice>
      )}
      <Verification company={company} />
      {saved && (
        <Notice tone="good" live>
          <p>{t("saved")}</p>
        </Notice>
      )}
      <CompanyForm
        key={current.version}
        current={current}
        onTyped={() => setSaved(false)}
        onSaved={() => {
          setSaved(true);
          document.getElementById("main")?.focus();
        }}
      />
      <Members company={company} />
    </Page>
  );
}

/** Where the verification of the company stands, and the next step. */
function Verification({ company }: { company: Mine }) {
  const { t } = useTranslation("company");
  const both = useBilingual();
  const cases = useInfiniteQuery(casesQuery);
  const open = useOpenCase();
  const latest = cases.data?.pages[0]?.cases.find((one) => one.kind === "company");
  const underway = latest && isOpen(latest) ? latest : undefined;
  const { data: found } = useQuery({ ...caseQuery(underway?.case_id ?? ""), enabled: underway !== undefined });
  if (cases.isPending) return null;
  if (underway) {
    return (
      <Notice
        tone={underway.state === "draft" || underway.state === "information_requested" ? "warning" : "plain"}
        title={t("verification.underway", { state: both(underway.state_label) })}
        actions={
          <Button component={Link} to={`/verification/${underway.case_id}`} variant={underway.state === "draft" ? "filled" : "default"}>
            {t(underway.state === "draft" ? "verification.finish" : "verification.open")}
          </Button>
        }
      >
        {underway.clock && <Clock clock={underway.clock} />}
        {found && found.missing.length > 0 && (
          <ul>
            {found.missing.map((one, index) => (
              <li key={index}>{both(one.message)}</li>
            ))}
          </ul>
        )}
      </Notice>
    );
  }
  if (company.status === "verified") {
    return (
      <Notice tone="good" title={t("verification.verified")}>
        <p>
          {company.decision_reason} {latest && <Link to={`/verification/${latest.case_id}`}>{t("verification.read")}</Link>}
        </p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="warning"
      title={t("verification.none")}
      actions={
        <Button loading={open.isPending} onClick={() => open.mutate({ kind: "company", credit_id: null })}>
          {t("verification.ask")}
        </Button>
      }
    >
      <p>{t("verification.none_what")}</p>
      {latest && (
        <p>
          <Link to={`/verification/${latest.case_id}`}>{t("verification.read")}</Link>
        </p>
      )}
      <Refusal error={open.error} />
    </Notice>
  );
}
