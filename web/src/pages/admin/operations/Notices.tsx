import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Empty } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import { Tell } from "../../shared/useAct";
import lists from "../Lists.module.css";
import { Paged } from "../Paged";
import { Told } from "../Told";
import { noticesQuery, type AdminNotice, type NoticeState } from "./operations";

/** What administrators should see to about e-mails, and what they have. */
export function Notices() {
  const { t } = useTranslation("operations");
  const [state, setState] = useState<NoticeState>("open");
  return (
    <Section
      title={t("notices.title")}
      actions={
        <NativeSelect
          aria-label={t("notices.which")}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as NoticeState)}
          data={[
            { value: "open", label: t("notices.open") },
            { value: "done", label: t("notices.seen") },
          ]}
        />
      }
    >
      <Told>
        <List state={state} />
      </Told>
    </Section>
  );
}

function List({ state }: { state: NoticeState }) {
  const { t } = useTranslation("operations");
  const tell = useContext(Tell);
  const query = useInfiniteQuery(noticesQuery(state));
  const cache = useQueryClient();
  const settle = useMutation({
    mutationFn: (noticeId: string) =>
      ask(api.POST("/admin/notices/{notice_id}/done", { params: { path: { notice_id: noticeId } } })),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["admin", "notices"] });
      tell({ tone: "good", title: t("notices.settled") });
    },
  });
  return (
    <>
      <Refusal error={settle.error} />
      <Paged
        query={query}
        items={(page) => page.notices}
        empty={
          <Empty title={t(state === "open" ? "notices.none_open" : "notices.none_done")}>
            <p>{t("notices.none_what")}</p>
          </Empty>
        }
      >
        {(all) => (
          <ul className={lists.rows}>
            {all.map((one) => (
              <li key={one.notice_id} className={lists.row}>
                <OneNotice
                  one={one}
                  pending={settle.isPending && settle.variables === one.notice_id}
                  done={() => settle.mutate(one.notice_id)}
                />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function OneNotice({ one, pending, done }: { one: AdminNotice; pending: boolean; done: () => void }) {
  const { t } = useTranslation("operations");
  const bilingual = useBilingual();
  const { moment } = useFormats();
  const { sub } = useSession();
  return (
    <>
      <p>{bilingual(one.message)}</p>
      <p className={lists.calm}>
        {t("notices.on", { when: moment(one.created_at) })}
        {one.state === "done" &&
          ` · ${t(one.done_by === sub ? "notices.settled_by_me" : "notices.settled_by", { when: moment(one.updated_at) })}`}
      </p>
      {one.state === "open" && (
        <div className={lists.acts}>
          <Button variant="default" size="sm" loading={pending} onClick={done}>
            {t("notices.done")}
          </Button>
        </div>
      )}
    </>
  );
}
