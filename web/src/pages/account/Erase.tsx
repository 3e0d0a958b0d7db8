import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useSession } from "@/session/session";
import classes from "./Erase.module.css";
import { EraseProgress } from "./EraseProgress";
import { erasureQuery } from "./erasure";

/** Leaving for good: what that means, a confirmation that nobody gives by mistake, and what then goes. */
export function Erase() {
  const { t } = useTranslation("mydata");
  const query = useQuery(erasureQuery);
  return (
    <Section title={t("erase.title")} id="erase">
      <Loaded query={query}>{(erasure) => (erasure ? <EraseProgress erasure={erasure} /> : <Ask />)}</Loaded>
    </Section>
  );
}

function Ask() {
  const { t } = useTranslation("mydata");
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>{t("erase.what")}</p>
      {(role === "producer" || role === "freelancer") && <p>{t(`erase.${role}`)}</p>}
      <p>{t("erase.first")}</p>
      <Button variant="default" className={classes.danger} onClick={() => setOpen(true)}>
        {t("erase.open")}
      </Button>
      <Confirm opened={open} onClose={() => setOpen(false)} />
    </>
  );
}

function Confirm({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("mydata");
  const { t: common } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("erase.confirm")} closeButtonProps={{ "aria-label": common("close") }}>
      <Sure onClose={onClose} />
    </Modal>
  );
}

/** Each time anew: a refusal is told of the try that it belongs to. */
function Sure({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("mydata");
  const { t: common } = useTranslation();
  const { email } = useSession();
  const cache = useQueryClient();
  const [typed, setTyped] = useState("");
  const [mismatch, setMismatch] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const erase = useMutation({
    mutationFn: () => ask(api.DELETE("/me")),
    onSuccess: (erasure) => cache.setQueryData(erasureQuery.queryKey, erasure),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = typed.trim().toLowerCase() !== email?.toLowerCase();
        setMismatch(wrong);
        if (wrong) field.current?.focus();
        else erase.mutate();
      }}
    >
      <p>{t("erase.confirm_what")}</p>
      <TextInput
        id="erase-email"
        ref={field}
        type="email"
        label={t("erase.type")}
        description={email}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setMismatch(false);
        }}
        error={mismatch && t("erase.mismatch")}
        autoComplete="off"
        data-autofocus
      />
      <Refusal error={erase.error} />
      <p>
        <Button type="submit" className={classes.final} loading={erase.isPending}>
          {t("erase.erase")}
        </Button>{" "}
        <Button variant="subtle" onClick={onClose}>
          {common("cancel")}
        </Button>
      </p>
    </form>
  );
}
