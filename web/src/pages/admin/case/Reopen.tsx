import { Button, NativeSelect } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, askVersion } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import type { Case } from "../cases";
import classes from "./Case.module.css";
import { unsaid, useCaseAct } from "./useCaseAct";
import { GROUNDS, type Ground } from "./verdict";

const MAY: readonly Case["state"][] = ["verified", "partly_verified", "refused", "final", "expired"];

/** Puts a decided case back into the queue. */
export function Reopen({ found, version }: { found: Case; version: string }) {
  const { t } = useTranslation("review");
  const [ground, setGround] = useState<Ground | "">("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  const reopen = useCaseAct<Ground>({
    found,
    send: (why) =>
      askVersion(
        api.POST("/verification/cases/{case_id}/reopen", {
          params: { path: { case_id: found.case_id }, header: { "If-Match": version } },
          body: { ground: why },
        }),
      ),
    said: () => t("done.reopened"),
  });
  if (!MAY.includes(found.state)) return null;
  return (
    <Section>
      <details className={classes.fold}>
        <summary>
          <h2>{t("reopen.title")}</h2>
        </summary>
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(!ground);
            if (ground) reopen.mutate(ground);
            else field.current?.focus();
          }}
        >
          <p className={classes.soft}>{t("reopen.what")}</p>
          <NativeSelect
            ref={field}
            label={t("reopen.ground")}
            value={ground}
            error={missing && !ground ? t("reopen.missing") : undefined}
            onChange={(event) => setGround(event.currentTarget.value as Ground | "")}
            data={[{ value: "", label: t("decide.choose") }, ...GROUNDS.map((one) => ({ value: one, label: t(`ground.${one}`) }))]}
          />
          <Refusal error={unsaid(reopen.error)} />
          <div>
            <Button type="submit" variant="default" loading={reopen.isPending}>
              {t("reopen.button")}
            </Button>
          </div>
        </form>
      </details>
    </Section>
  );
}
