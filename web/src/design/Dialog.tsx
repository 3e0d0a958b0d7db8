import { Modal } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What is said or asked over a screen that nobody comes to meanwhile, by Tab or by ear. The focus goes back to where it
 * was, if that is still there. Shown as long as it is mounted; `data-autofocus` says where one begins. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const screen = document.getElementById("root");
    screen?.toggleAttribute("inert", true);
    return () => {
      screen?.toggleAttribute("inert", false);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
  return (
    <Modal opened onClose={onClose} title={title} size="lg" returnFocus={false} closeButtonProps={{ "aria-label": t("close") }}>
      {children}
    </Modal>
  );
}
