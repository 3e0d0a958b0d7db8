import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { Section } from "@/design/Page";
import { useBilingual, useFormats } from "@/i18n/format";
import { AnswerForm } from "./AnswerForm";
import classes from "./Conversation.module.css";
import { owesAnswer, type Conversation } from "./conversations";
import { InterestForm, type Question } from "./InterestForm";
import { Matter, Opened } from "./Matter";
import { ReplyUntil } from "./ReplyUntil";
import { Engagement } from "./Outcome";
import { Reveal } from "./Reveal";
import { stepsOf } from "./steps";
import { useAct } from "./useAct";
import { OtherRefusal } from "./WrittenText";

interface Props {
  conversation: Conversation;
}

/** Where a conversation stands, and what its reader may do about it now. */
export function Standing({ conversation: one }: Props) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const worded = useBilingual();
  const { side, state, may } = one;
  const goesOn = side === "producer" && state === "interested" && one.answer?.decision === "retained";
  const promised = side === "freelancer" && !one.answer && ["interested", "revealed"].includes(state) ? one.answer_due_at : null;
  return (
    <Section title={t("standing")}>
      <Steps of={one} />
      <p className={classes.stands}>{one.notice ? worded(one.notice) : t(goesOn ? "answered_already" : `stands.${side}.${state}`)}</p>
      {one.opposite_deleted && <p>{t("gone")}</p>}
      {!one.project_live && !one.notice && <p className={classes.calm}>{t("not_live")}</p>}
      {promised && <p>{t(Date.parse(promised) > Date.now() ? "answer_promised" : "answer_late", { day: day(promised) })}</p>}
      {one.broken && (
        <p>{t(one.broken.mine ? "broken_mine" : "broken_theirs", { day: day(one.broken.at), reason: worded(one.broken.reason.labels) })}</p>
      )}
      {one.answer && <Answered of={one.answer} side={side} />}
      {may.includes("show_interest") && <Interest conversation={one} />}
      {may.includes("answer") && !(state === "revealed" && one.answer) && <Answering conversation={one} />}
      <Reveal conversation={one} />
      <Engagement conversation={one} />
      {may.includes("decline") && !may.includes("show_interest") && <Declining conversation={one} />}
    </Section>
  );
}

function Steps({ of }: { of: Conversation }) {
  const { t } = useTranslation("conversation");
  const { shortDay } = useFormats();
  return (
    <ol className={classes.steps}>
      {stepsOf(of).map(({ name, at, now }) => (
        <li key={name} data-done={at !== null || undefined} data-now={now || undefined}>
          <span className={classes.step}>{t(`steps.${name}`)}</span>
          <span className={classes.when}>{at ? shortDay(at) : t(now ? "steps.now" : "steps.ahead")}</span>
        </li>
      ))}
    </ol>
  );
}

function Answered({ of, side }: { of: NonNullable<Conversation["answer"]>; side: Conversation["side"] }) {
  const { t } = useTranslation("conversation");
  const { day } = useFormats();
  const worded = useBilingual();
  return (
    <figure className={classes.answered}>
      <figcaption>
        <strong>{t(side === "producer" ? "answer.given" : "answer.received")}</strong>
        {" · "}
        {t(`answer.${of.decision}`)}
        {" · "}
        {worded(of.reason.labels)}
      </figcaption>
      <blockquote>{worded(of.message)}</blockquote>
      <p className={classes.calm}>{t("answer.on", { day: day(of.answered_at) })}</p>
    </figure>
  );
}

function Interest({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  const worded = useBilingual();
  const { state } = conversation;
  const form = (
    <InterestForm
      conversation={conversation}
      questions={conversation.guided_questions.map(({ id, labels }) => ({ id: id as Question, label: worded(labels) }))}
      mayDecline={conversation.may.includes("decline")}
    />
  );
  const again = state === "declined" || state === "lapsed";
  if (again) {
    return (
      <Matter title={t("interest.again")}>
        <Opened label={t("interest.send")}>{() => form}</Opened>
      </Matter>
    );
  }
  return (
    <Matter title={t(state === "invited" ? "interest.reply" : "interest.title")} pressing={state === "invited"}>
      <ReplyUntil of={conversation} />
      {form}
    </Matter>
  );
}

function Answering({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  const worded = useBilingual();
  const { day, relative } = useFormats();
  const owed = owesAnswer(conversation);
  const due = conversation.answer_due_at;
  const name = worded(conversation.opposite);
  return (
    <Matter title={owed ? t("answer.title", { name }) : t("answer.change_title")} pressing={owed}>
      {owed && due && <p>{t(Date.parse(due) > Date.now() ? "answer_owed" : "answer_owed_late", { day: day(due), left: relative(due) })}</p>}
      <Opened label={t(owed ? "answer.write" : "answer.change")} variant={owed ? "filled" : "default"}>
        {(close) => <AnswerForm conversation={conversation} done={close} />}
      </Opened>
    </Matter>
  );
}

/** A no to what has begun already: said once more, for it ends the conversation. */
function Declining({ conversation }: Props) {
  const { t } = useTranslation("conversation");
  const decline = useAct({
    conversation,
    send: () =>
      ask(api.POST("/projects/{project_id}/decline", { params: { path: { project_id: conversation.project_id } } })),
    said: () => t("decline.done"),
  });
  return (
    <Matter title={t("decline.title")}>
      <Opened label={t("decline.do")}>
        {() => (
          <div className={classes.form}>
            <p className={classes.calm}>{t("decline.what")}</p>
            <OtherRefusal error={decline.error} />
            <div className={classes.buttons}>
              <Button loading={decline.isPending} onClick={() => decline.mutate()}>
                {t("decline.really")}
              </Button>
            </div>
          </div>
        )}
      </Opened>
    </Matter>
  );
}
