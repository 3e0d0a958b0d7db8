import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { useLocalProduct } from "@/app/localProduct";
import { Page, Section } from "@/design/Page";
import { Notice } from "@/design/Notice";
import { idp } from "@/session/idp";
import { IdentityRefusal } from "./IdentityRefusal";
import classes from "./Form.module.css";

const focused = (field: HTMLElement | null) => field?.focus();

/** The code that proves an address. */
export function ConfirmAddress({ email, busy, onDone, onCorrect }: {
  email: string;
  /** What follows from the code is under way. */
  busy: boolean;
  onDone: () => void;
  /** The address is not the right one. */
  onCorrect: () => void;
}) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  const local = useLocalProduct();
  const confirm = useMutation({ mutationFn: () => idp.confirm(email, code.trim()), onSuccess: onDone });
  const again = useMutation({ mutationFn: () => idp.sendCodeAgain(email) });
  const kind = isProblem(confirm.error) ? confirm.error.code : "";
  const said =
    kind === "CodeMismatchException" ? t("confirm.wrong") : kind === "ExpiredCodeException" ? t("confirm.expired") : null;
  return (
    <Page title={t("confirm.title")} lead={t("confirm.lead", { email })} width="narrow">
      <Section>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate();
          }}
        >
          {local && <Notice title={t("confirm.local")} />}
          <TextInput
            id="code"
            ref={focused}
            label={t("code")}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={said}
            required
          />
          {!said && <IdentityRefusal error={confirm.error} />}
          <IdentityRefusal error={again.error} />
          {again.isSuccess && <Notice tone="good" live title={t("confirm.sent")} />}
          <div>
            <Button type="submit" loading={confirm.isPending || busy}>
              {t("confirm.enter")}
            </Button>{" "}
            <Button variant="subtle" onClick={() => again.mutate()} loading={again.isPending}>
              {t("confirm.again")}
            </Button>{" "}
            <Button variant="subtle" onClick={onCorrect}>
              {t("confirm.correct")}
            </Button>
          </div>
        </form>
      </Section>
    </Page>
  );
}
