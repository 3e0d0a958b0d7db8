import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "@/api/problem";
import { Page, Section } from "@/design/Page";
import { Notice } from "@/design/Notice";
import { idp } from "@/session/idp";
import { IdentityRefusal } from "./IdentityRefusal";
import classes from "./Form.module.css";

const focused = (field: HTMLElement | null) => field?.focus();

export default function ForgotPassword() {
  const { t } = useTranslation("account");
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  // Whether an address has an account is nobody's business: the answer is the same.
  const send = useMutation({
    mutationFn: () =>
      idp.forgotPassword(email.trim()).catch((error: unknown) => {
        if (!isProblem(error) || error.code !== "UserNotFoundException") throw error;
      }),
    onSuccess: () => setAsked(true),
  });
  const change = useMutation({ mutationFn: () => idp.resetPassword(email.trim(), code.trim(), password) });
  const kind = isProblem(change.error) ? change.error.code : "";
  const wrongCode =
    kind === "CodeMismatchException" ? t("confirm.wrong") : kind === "ExpiredCodeException" ? t("confirm.expired") : undefined;
  const weak = kind === "InvalidPasswordException" ? t("sign_up.weak") : undefined;
  if (change.isSuccess) {
    return (
      <Page title={t("forgot.title")} width="narrow">
        <Notice tone="good" live title={t("forgot.done")} />
        <Button component={Link} to="/sign-in">
          {t("sign_in.enter")}
        </Button>
      </Page>
    );
  }
  return (
    <Page title={t("forgot.title")} lead={t("forgot.lead")} width="narrow">
      <Section>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (asked) change.mutate();
            else send.mutate();
          }}
        >
          <TextInput
            id="email"
            type="email"
            label={t("email")}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            readOnly={asked}
            required
          />
          <IdentityRefusal error={send.error} />
          {asked && (
            <>
              {send.isSuccess && <Notice tone="good" live title={t("forgot.sent")} />}
              <TextInput
                id="code"
                ref={focused}
                label={t("code")}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                inputMode="numeric"
                autoComplete="one-time-code"
                error={wrongCode}
                required
              />
              <PasswordInput
                id="password"
                label={t("forgot.new_password")}
                description={t("password_hint")}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="new-password"
                error={weak}
                required
              />
              {!wrongCode && !weak && <IdentityRefusal error={change.error} />}
            </>
          )}
          <div>
            <Button type="submit" loading={change.isPending || (send.isPending && !asked)}>
              {asked ? t("forgot.change") : t("forgot.send")}
            </Button>{" "}
            {asked && (
              <>
                <Button variant="subtle" onClick={() => send.mutate()} loading={send.isPending}>
                  {t("confirm.again")}
                </Button>{" "}
                <Button
                  variant="subtle"
                  onClick={() => {
                    setAsked(false);
                    send.reset();
                    change.reset();
                    document.getElementById("email")?.focus();
                  }}
                >
                  {t("confirm.correct")}
                </Button>
              </>
            )}
          </div>
        </form>
      </Section>
    </Page>
  );
}
