import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Elsewhere } from "@/app/Elsewhere";
import { isProblem } from "@/api/problem";
import { useLocalProduct } from "@/app/localProduct";
import { Page, Section } from "@/design/Page";
import { Notice } from "@/design/Notice";
import { signIn, useSession } from "@/session/session";
import { afterwards } from "./afterwards";
import { ConfirmAddress } from "./ConfirmAddress";
import { IdentityRefusal } from "./IdentityRefusal";
import classes from "./Form.module.css";

export default function SignIn() {
  const { t } = useTranslation("account");
  const { search } = useLocation();
  const { state } = useSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const local = useLocalProduct();
  const cache = useQueryClient();
  const coming = {
    mutationFn: (who: { email: string; password: string }) => signIn(who.email.trim(), who.password),
    onSuccess: () => cache.clear(),
  };
  const enter = useMutation(coming);
  // Once the address is confirmed: the screen of the code stays meanwhile.
  const entering = useMutation({ ...coming, onError: () => enter.reset() });
  if (state === "in") return <Elsewhere to={afterwards(search)} />;
  const refused = enter.error ?? entering.error;
  const code = isProblem(refused) ? refused.code : "";
  if (code === "UserNotConfirmedException") {
    return (
      <ConfirmAddress
        email={email.trim()}
        busy={entering.isPending}
        onDone={() => entering.mutate({ email, password })}
        onCorrect={() => {
          enter.reset();
          entering.reset();
        }}
      />
    );
  }
  const wrong = code === "NotAuthorizedException" || code === "UserNotFoundException";
  return (
    <Page title={t("sign_in.title")} lead={t("sign_in.lead")} width="narrow">
      <Section>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate({ email, password });
          }}
        >
          <TextInput
            id="email"
            type="email"
            label={t("email")}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            required
          />
          <PasswordInput
            id="password"
            label={t("password")}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
          {wrong ? <Notice tone="danger" live title={t("sign_in.wrong")} /> : <IdentityRefusal error={refused} />}
          <div>
            <Button type="submit" loading={enter.isPending}>
              {t("sign_in.enter")}
            </Button>
          </div>
          <p>
            <Anchor component={Link} to="/forgot-password">
              {t("sign_in.forgot")}
            </Anchor>
          </p>
          <p>
            {t("sign_in.none")}{" "}
            <Anchor component={Link} to={`/sign-up${search}`}>
              {t("sign_in.open")}
            </Anchor>
          </p>
        </form>
      </Section>
      {local && (
        <Section title={t("sign_in.demo")} hint={t("sign_in.demo_what")}>
          {(["producers", "freelancers", "administrators"] as const).map((group) => (
            <div key={group}>
              <h3>{t(`sign_in.demo_${group}`)}</h3>
              <div className={classes.demo}>
                {local[group].map((one) => (
                  <Button
                    key={one.email}
                    variant="default"
                    size="xs"
                    onClick={() => enter.mutate({ email: one.email, password: local.password })}
                  >
                    {one.email}
                  </Button>
                ))}
              </div>
            </div>
          ))}
        </Section>
      )}
    </Page>
  );
}
