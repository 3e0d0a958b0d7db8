import { Button } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Failed, Loading } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { Composer } from "./Composer";
import classes from "./Talk.module.css";
import { isOver, type Conversation, type Message } from "./conversations";
import { useSize } from "./Files";
import type { useMessages } from "./useMessages";

/** What was said, from the oldest to the newest, and saying more. */
export function Talk({ conversation, messages, onReport }: {
  conversation: Conversation;
  messages: ReturnType<typeof useMessages>;
  onReport: (messageId: string) => void;
}) {
  const { t } = useTranslation("conversation");
  const { query, known } = messages;
  const list = useRef<HTMLOListElement>(null);
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [heard, setHeard] = useState("");
  /** What was being read when more was asked for, and where it stood. */
  const reading = useRef<{ element: Element; top: number } | null>(null);
  const shown = known?.messages;

  useLayoutEffect(() => {
    const before = reading.current;
    if (!before?.element.previousElementSibling) return;
    reading.current = null;
    // What was being read stays where it was; the focus goes to what is new just above it, for the button may be gone.
    window.scrollBy(0, before.element.getBoundingClientRect().top - before.top);
    (before.element.previousElementSibling as HTMLElement).focus({ preventScroll: true });
  }, [shown]);

  const latest = useRef<string | null>(null);
  useEffect(() => {
    const last = shown?.at(-1)?.message_id ?? null;
    const since = shown && latest.current ? shown.findIndex((one) => one.message_id === latest.current) : -1;
    const came = since < 0 ? 0 : (shown ?? []).slice(since + 1).filter((one) => !one.mine).length;
    if (came > 0) setHeard(t("talk.came", { count: came }));
    latest.current = last;
  }, [shown, t]);

  async function earlier() {
    const element = list.current?.firstElementChild;
    setLoading(true);
    setFailed(null);
    try {
      const top = element?.getBoundingClientRect().top ?? 0;
      reading.current = element ? { element, top } : null;
      setHeard(t("talk.earlier_loaded", { count: await messages.earlier() }));
    } catch (error) {
      setFailed(error);
    } finally {
      setLoading(false);
    }
  }

  return (
    <Section title={t("talk.title")}>
      {!known && query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {!known && !query.isError && <Loading />}
      {known?.cursor && (
        <Button variant="default" mb="md" loading={loading} onClick={() => void earlier()}>
          {t("talk.earlier")}
        </Button>
      )}
      <Refusal error={failed} />
      {shown && shown.length > 0 && (
        <ol className={classes.talk} ref={list} aria-label={t("talk.title")}>
          {shown.map((one) => (
            <Bubble key={one.message_id} message={one} conversation={conversation} onReport={onReport} />
          ))}
        </ol>
      )}
      {shown?.length === 0 && <p className={classes.none}>{t("talk.none")}</p>}
      <p className="visually-hidden" role="status">
        {heard}
      </p>
      {conversation.may.includes("write") ? (
        <Composer conversation={conversation} empty={shown?.length === 0} onSent={() => setHeard(t("talk.sent"))} />
      ) : (
        <p className={classes.none}>{t(isOver(conversation) ? "talk.over" : "talk.not_now")}</p>
      )}
    </Section>
  );
}

function Bubble({ message, conversation, onReport }: {
  message: Message;
  conversation: Conversation;
  onReport: (messageId: string) => void;
}) {
  const { t } = useTranslation("conversation");
  const { moment } = useFormats();
  const worded = useBilingual();
  const size = useSize();
  const { mine, sent_at, question, attachment, masked, text } = message;
  return (
    <li className={classes.message} data-mine={mine || undefined} tabIndex={-1}>
      <p className={classes.head}>
        <strong>{mine ? t("talk.you") : worded(conversation.opposite)}</strong>
        <time dateTime={sent_at}>{moment(sent_at)}</time>
      </p>
      {question && <p className={classes.question}>{worded(question.labels)}</p>}
      {attachment ? (
        <p className={classes.text}>
          {attachment.status === "added" ? `${attachment.name} (${size(attachment.size)})` : t(`files.status.${attachment.status}`)}
        </p>
      ) : (
        <p className={classes.text}>{text}</p>
      )}
      {masked && <p className={classes.note}>{t("talk.masked")}</p>}
      {!mine && (
        <button
          type="button"
          className={classes.report}
          aria-label={t("talk.report_of", { when: moment(sent_at) })}
          onClick={() => onReport(message.message_id)}
        >
          {t("talk.report")}
        </button>
      )}
    </li>
  );
}
