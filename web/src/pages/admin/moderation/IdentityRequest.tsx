import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { LoadedPage } from "@/design/LoadedPage";
import { Page, Section } from "@/design/Page";
import { written } from "@/design/siren";
import { Facts } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { OtherRefusal } from "../../shared/WrittenText";
import classes from "../admin.module.css";
import { Due, useWho } from "../Parts";
import { Told } from "../Told";
import { useNow } from "../useNow";
import { useStep } from "../useStep";
import { actsOnRequest, identityRequestQuery, type IdentityRequest } from "./moderation";
import { RequestState } from "./RequestState";

/** What one authority asked: agreeing to it, and reading who is behind the project. */
export default function OneIdentityRequest() {
  const { requestId = "" } = useParams();
  const { t } = useTranslation("adminModeration");
  return (
    <LoadedPage query={useQuery(identityRequestQuery(requestId))} title={t("identity.title")} back={{ to: "/admin/identity-requests", label: t("identity.back") }}>
      {(one) => <Open key={requestId} one={one} />}
    </LoadedPage>
  );
}

function Open({ one }: { one: IdentityRequest }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  const who = useWho();
  return (
    <Page
      title={one.authority}
      back={{ to: "/admin/identity-requests", label: t("identity.back") }}
      over={
        <>
          {t("identity.over")} <RequestState one={one} />
        </>
      }
    >
      <Told>
        <Section title={t("identity.request")}>
          <Facts
            items={[
              [t("identity.reference"), one.reference],
              [t("identity.basis"), one.basis],
              [t("identity.asked_by"), t("by_on", { who: who(one.asked_by), moment: moment(one.asked_at) })],
              [
                t(one.state === "refused" ? "identity.refused_by" : "identity.granted_by"),
                one.settled_at && t("by_on", { who: who(one.settled_by), moment: moment(one.settled_at) }),
              ],
            ]}
          />
        </Section>
        <Deciding one={one} />
        <Reading one={one} />
      </Told>
    </Page>
  );
}

function Deciding({ one }: { one: IdentityRequest }) {
  const { t } = useTranslation("adminModeration");
  const { sub } = useSession();
  const now = useNow(one.agree_until);
  const { waits, grant, refuse } = actsOnRequest(one, sub, now);
  const params = { path: { request_id: one.request_id } };
  const key = ["admin", "identity-requests"];
  const agree = useStep({
    key,
    send: () => ask(api.POST("/admin/identity-requests/{request_id}/grant", { params })),
    said: () => t("identity.granted"),
  });
  const no = useStep({
    key,
    send: () => ask(api.POST("/admin/identity-requests/{request_id}/refuse", { params })),
    said: () => t("identity.no"),
  });
  if (!waits) return null;
  const own = sub === one.asked_by;
  return (
    <Section title={t("identity.decide.title")}>
      <div className={classes.form}>
        <Due at={one.agree_until} />
        <p>{t(own ? "identity.decide.own" : "identity.decide.what")}</p>
        <OtherRefusal error={agree.error ?? no.error} />
        <div className={classes.buttons}>
          {grant && (
            <Button loading={agree.isPending} onClick={() => agree.mutate(undefined)}>
              {t("identity.decide.grant")}
            </Button>
          )}
          {refuse && (
            <Button variant="default" loading={no.isPending} onClick={() => no.mutate(undefined)}>
              {t(own ? "identity.decide.take_back" : "identity.decide.refuse")}
            </Button>
          )}
        </div>
      </div>
    </Section>
  );
}

function Reading({ one }: { one: IdentityRequest }) {
  const { t } = useTranslation("adminModeration");
  const { moment } = useFormats();
  const { sub } = useSession();
  const now = useNow(one.readable_until);
  const { readable, open } = actsOnRequest(one, sub, now);
  // It stays on this screen and nowhere else: leaving it, or the end of the day, puts it away.
  const [read, setRead] = useState<Shape<"IdentityDocument"> | null>(null);
  const look = useStep({
    key: ["admin", "identity-requests"],
    send: () => ask(api.POST("/admin/identity-requests/{request_id}/open", { params: { path: { request_id: one.request_id } } })),
    said: () => t("identity.open.recorded"),
    done: setRead,
  });
  if (one.state !== "granted") return null;
  return (
    <Section title={t("identity.open.title")}>
      {!readable && <p>{t("identity.open.over")}</p>}
      {readable && !open && <p>{t("identity.open.of_the_two", { moment: moment(one.readable_until ?? "") })}</p>}
      {open && !read && (
        <div className={classes.form}>
          <p>{t("identity.open.what", { moment: moment(one.readable_until ?? "") })}</p>
          <OtherRefusal error={look.error} />
          <div className={classes.buttons}>
            <Button loading={look.isPending} onClick={() => look.mutate(undefined)}>
              {t("identity.open.do")}
            </Button>
          </div>
        </div>
      )}
      {open && read && <Offeror of={read} onAway={() => setRead(null)} />}
    </Section>
  );
}

const STATES = ["draft", "live", "returned", "filled", "closed", "expired"] as const;

function Offeror({ of: { company, code_name, state, publications }, onAway }: { of: Shape<"IdentityDocument">; onAway: () => void }) {
  const { t } = useTranslation("adminModeration");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const known = STATES.find((one) => one === state);
  return (
    <div>
      <Facts
        items={[
          [t("identity.document.company"), company.legal_name ?? t("identity.document.gone")],
          [t("identity.document.siren"), company.siren && written(company.siren)],
          [t("identity.document.domain"), company.email_domain],
          [t("identity.document.addresses"), company.addresses.join(" · ")],
          [t("identity.document.project"), code_name],
          [t("identity.document.state"), known && t(`identity.document.states.${known}`)],
        ]}
      />
      <h3 className={classes.part}>{t("identity.document.publications")}</h3>
      <ol className={classes.history}>
        {publications.map((one) => (
          <li key={one.number}>
            <span>{one.email ?? t("identity.document.gone")}</span>
            <span className={classes.soft}>{moment(one.published_at)}</span>
          </li>
        ))}
      </ol>
      <p className={classes.soft}>{t("identity.document.never_mailed")}</p>
      <div className={classes.buttons} data-screen-only>
        <Button variant="default" onClick={() => window.print()}>
          {common("print")}
        </Button>
        <Button variant="subtle" onClick={onAway}>
          {t("identity.open.away")}
        </Button>
      </div>
    </div>
  );
}
