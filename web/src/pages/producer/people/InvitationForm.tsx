import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Unknown } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { WrittenText } from "@/pages/shared/WrittenText";
import type { Brief } from "../briefs";
import { useInviting, type Invitation } from "./invitation";
import { outreachQuery, type Outreach } from "./queries";
import classes from "@/pages/shared/person/People.module.css";

const LONGEST = 4000;

export interface Named {
  profile_id: string;
  display_name: string;
}

/** Asks the chosen people about the project, in one action, with the same word to each.
 *
 * `people`: whom it goes to; `already`: those chosen to whom nothing goes; `onSent`: it went, to these names. */
export function InvitationForm({ brief, people, already = [], invitation, onSent, reload, title, children }: {
  brief: Brief;
  people: readonly Named[];
  already?: readonly Named[];
  invitation: Invitation;
  onSent: (names: string) => void;
  reload: () => void;
  title: string;
  /** What chooses them, where that is not elsewhere on the screen. */
  children?: ReactNode;
}) {
  const { t } = useTranslation(["people", "common"]);
  const { list } = useFormats();
  const send = useInviting(brief.brief_id, ({ to, text, names: asked }) => {
    invitation.sent(to, text);
    onSent(asked);
  });
  const outreach = useQuery(outreachQuery(brief.brief_id));
  const [lacking, setLacking] = useState(false);

  const long = [...invitation.text].length - LONGEST;
  const marked = isProblem(send.error) && send.error.errors.some((one) => one.pointer === "/text");
  const names = list(people.map((one) => one.display_name));
  return (
    <Section title={title} hint={t("invite.what")} id="invite">
      {outreach.data && <Wave outreach={outreach.data} />}
      {!outreach.data && outreach.isError && <Unknown retry={outreach.refetch}>{t("invite.wave_unknown")}</Unknown>}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          setLacking(people.length === 0);
          if (!people.length || long > 0) return;
          send.mutate({ to: people.map((one) => one.profile_id), text: invitation.text, names });
        }}
      >
        {children}
        {people.length > 0 ? (
          <p className={classes.whom}>{t("invite.whom", { names })}</p>
        ) : (
          <p className={classes.whom} data-lacking={lacking} role={lacking ? "alert" : undefined}>
            {t("invite.nobody")}
          </p>
        )}
        {already.length > 0 && (
          <p className={classes.small}>
            {t("invite.already", { count: already.length, names: list(already.map((one) => one.display_name)) })}
          </p>
        )}
        <WrittenText
          id="word"
          label={`${t("invite.word")} (${t("common:optional")})`}
          hint={t("invite.word_hint")}
          rows={6}
          value={invitation.text}
          onChange={invitation.write}
          error={send.error}
          wanting={long > 0 ? t("invite.long", { count: long }) : undefined}
          most={null}
        />
        {invitation.text === "" && (
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                invitation.write(t("invite.model", { project: brief.code_name ?? "" }));
                document.getElementById("word")?.focus();
              }}
            >
              {t("invite.start")}
            </Button>
          </div>
        )}
        {!marked && <Refusal error={send.error} reload={reload} />}
        <div>
          <Button type="submit" size="md" loading={send.isPending}>
            {people.length ? t("invite.send", { count: people.length }) : t("invite.send_none")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** That an invitation went: the form it was in is empty again or gone, so one goes on from here. */
export function Sent({ names }: { names: string }) {
  const { t } = useTranslation("people");
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.focus(), [names]);
  return (
    <div ref={here} tabIndex={-1} className={classes.done}>
      <Notice tone="good" live title={t("invite.sent", { names })}>
        <p>{t("invite.sent_what")}</p>
      </Notice>
    </div>
  );
}

/** Whom to invite how soon. */
function Wave({ outreach: { wave, danger } }: { outreach: Outreach }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  const { day } = useFormats();
  return (
    <>
      {danger && <Notice tone="warning" title={both(danger.message)} />}
      {wave && (wave.now > 0 || wave.later > 0) && (
        <p className={classes.wave}>
          <strong>{wave.now > 0 ? t("invite.wave_now", { count: wave.now }) : t("invite.wave_wait")}</strong>{" "}
          {wave.later > 0 && wave.next_on && t("invite.wave_later", { count: wave.later, day: day(wave.next_on) })}{" "}
          <span className={classes.small}>{t("invite.wave_more")}</span>
        </p>
      )}
    </>
  );
}
