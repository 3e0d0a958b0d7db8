import { Anchor, Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { useOnce } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { membersQuery, type Company, type Invitation } from "./company";
import classes from "./company.module.css";

/** Who acts for the company, and a colleague to come. */
export function Members({ company }: { company: Company }) {
  const { t } = useTranslation("company");
  const { day } = useFormats();
  const { sub } = useSession();
  const members = useQuery(membersQuery);
  return (
    <Section title={t("members.title")} hint={t("members.hint")}>
      <Loaded query={members}>
        {({ members: all }) => (
          <ul className={classes.members}>
            {all.map((one) => (
              <li key={one.sub}>
                <strong>{one.email}</strong> {one.sub === sub && <span className={classes.soft}>({t("members.you")})</span>}
                <span className={classes.soft}>{t("members.since", { day: day(one.joined_at) })}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {members.data && members.data.invitations.length > 0 && <Awaited all={members.data.invitations} open={company.status === "verified"} />}
      {company.status === "verified" ? <Invite domain={company.email_domain} /> : <p className={classes.soft}>{t("members.later")}</p>}
    </Section>
  );
}

/** Asks somebody to join, again too: the latest invitation is the one that counts. */
function useInvite(done?: (typed: string) => void) {
  const once = useOnce();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (typed: string) => {
      const address = typed.trim();
      await ask(
        api.POST("/companies/mine/members", {
          body: { email: address },
          params: { header: { "Idempotency-Key": once.keyFor(address) } },
        }),
      );
      return address;
    },
    onSuccess: (_, typed) => {
      once.done();
      done?.(typed);
      void cache.invalidateQueries({ queryKey: membersQuery.queryKey });
    },
  });
}

/** Who was asked and has not joined yet: how far the e-mail came, until when it holds, and another one. */
function Awaited({ all, open }: {
  all: readonly Invitation[];
  /** Whether anybody may be invited now. */
  open: boolean;
}) {
  const { t } = useTranslation("company");
  const { day } = useFormats();
  const again = useInvite();
  return (
    <>
      <h3>{t("members.awaited")}</h3>
      <ul className={classes.members}>
        {all.map((one) => (
          <li key={one.invitation_id}>
            <div className={classes.awaited}>
              <strong>{one.email}</strong>
              {open && (
                <Button
                  variant="default"
                  aria-label={t("members.again_to", { address: one.email })}
                  loading={again.isPending && again.variables === one.email}
                  onClick={() => again.mutate(one.email)}
                >
                  {t("members.again")}
                </Button>
              )}
            </div>
            <span className={classes.soft}>
              <Tag tone={one.went === "undelivered" ? "warning" : "plain"}>{t(`members.went.${one.went}`)}</Tag>{" "}
              {t("members.until", { day: day(one.until) })}
            </span>
          </li>
        ))}
      </ul>
      <Refusal error={again.error} />
      {again.isSuccess && <Notice tone="good" live title={t("members.sent_again", { address: again.data })} />}
    </>
  );
}

function Invite({ domain }: { domain: string }) {
  const { t } = useTranslation("company");
  const [email, setEmail] = useState("");
  const invite = useInvite((typed) => setEmail((now) => (now === typed ? "" : now)));
  const problem = isProblem(invite.error) ? invite.error : null;
  const foreign = problem?.code === "foreign_address";
  return (
    <form
      className={classes.invite}
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(email);
      }}
    >
      <TextInput
        id="colleague"
        type="email"
        label={t("members.address")}
        description={t("members.domain", { domain })}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={foreign ? problem.message : problem?.at("/email")}
        autoComplete="off"
        required
        withAsterisk={false}
      />
      {!foreign && <Refusal error={invite.error} fields={["/email"]} />}
      {invite.isSuccess && (
        <Notice tone="good" live title={t("members.invited", { address: invite.data })}>
          <p>
            {t("members.tell")} <Anchor href="/company/join">{new URL("/company/join", location.origin).href}</Anchor>
          </p>
        </Notice>
      )}
      <Button type="submit" variant="default" loading={invite.isPending}>
        {t("members.invite")}
      </Button>
    </form>
  );
}
