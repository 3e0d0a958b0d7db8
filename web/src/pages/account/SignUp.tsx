import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Page, Section } from "@/design/Page";
import { idp } from "@/session/idp";
import { renew, signIn } from "@/session/session";
import { afterwards } from "./afterwards";
import { ConfirmAddress } from "./ConfirmAddress";
import { IdentityRefusal } from "./IdentityRefusal";
import classes from "./Form.module.css";
import { SideChoice, type Side } from "./SideChoice";

const CHOSEN = ["producer", "freelancer"];

export default function SignUp() {
  const { t } = useTranslation("account");
  const { search } = useLocation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const wished = new URLSearchParams(search).get("side") ?? "";
  const [side, setSide] = useState<Side | "">(CHOSEN.includes(wished) ? (wished as Side) : "");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const open = useMutation({ mutationFn: () => idp.signUp(email.trim(), password, name.trim()) });
  const enter = useMutation({
    mutationFn: async () => {
      await signIn(email.trim(), password);
      if (side) await ask(api.POST("/me/role", { body: { role: side } }));
      await renew();
    },
    onSuccess: () => {
      cache.clear();
      void navigate(afterwards(search), { replace: true });
    },
  });
  if (open.isSuccess) {
    if (enter.error) {
      return (
        <Page title={t("sign_up.title")} width="narrow">
          <IdentityRefusal error={enter.error} />
          <Button onClick={() => enter.mutate()}>{t("role.choose")}</Button>
        </Page>
      );
    }
    return <ConfirmAddress email={email.trim()} busy={enter.isPending} onDone={() => enter.mutate()} onCorrect={open.reset} />;
  }
  const code = isProblem(open.error) ? open.error.code : "";
  return (
    <Page title={t("sign_up.title")} lead={t("sign_up.lead")} width="narrow">
      <Section>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            open.mutate();
          }}
        >
          <SideChoice value={side} onChange={setSide} />
          <TextInput
            id="name"
            label={t("name")}
            description={t("name_hint")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            required
          />
          <TextInput
            id="email"
            type="email"
            label={t("email")}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            error={
              code === "UsernameExistsException" ? (
                <>
                  {t("sign_up.exists")} <Link to={`/sign-in${search}`}>{t("sign_up.exists_link")}</Link>
                </>
              ) : undefined
            }
            required
          />
          <PasswordInput
            id="password"
            label={t("password")}
            description={t("password_hint")}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            error={code === "InvalidPasswordException" ? t("sign_up.weak") : undefined}
            required
          />
          <p>
            {t("sign_up.terms")}{" "}
            <Anchor component={Link} to="/privacy-notice">
              {t("sign_up.terms_link")}
            </Anchor>
          </p>
          {!["UsernameExistsException", "InvalidPasswordException"].includes(code) && <IdentityRefusal error={open.error} />}
          <div>
            <Button type="submit" loading={open.isPending}>
              {t("sign_up.open")}
            </Button>
          </div>
        </form>
      </Section>
    </Page>
  );
}
