import { Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { signIn, signOut, useSession } from "@/session/session";

/** Over the screen that somebody was on when their session ended: what they were doing stays behind it. */
export default function SignInAgain() {
  const { t } = useTranslation();
  const { email } = useSession();
  const [password, setPassword] = useState("");
  const cache = useQueryClient();
  const enter = useMutation({
    mutationFn: () => signIn(email ?? "", password),
    onSuccess: () => cache.invalidateQueries(),
  });
  const wrong = isProblem(enter.error) && enter.error.code === "NotAuthorizedException";
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={t("again.title")} closeOnEscape={false} closeOnClickOutside={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <p>{t("again.what")}</p>
        <input
          className="visually-hidden"
          type="email"
          name="username"
          autoComplete="username"
          value={email ?? ""}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordInput
          label={t("again.password")}
          description={email}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong ? t("again.wrong") : undefined}
          autoComplete="current-password"
          required
          data-autofocus
        />
        {!wrong && <Refusal error={enter.error} />}
        <p>
          <Button type="submit" loading={enter.isPending}>
            {t("again.go_on")}
          </Button>{" "}
          <Button variant="subtle" onClick={signOut}>
            {t("again.other")}
          </Button>
        </p>
      </form>
    </Modal>
  );
}
