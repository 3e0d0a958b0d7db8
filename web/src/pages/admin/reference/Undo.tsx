import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Gives up what was changed on this device, asked twice. */
export function Undo({ undo }: { undo: () => void }) {
  const { t } = useTranslation("reference");
  const { t: common } = useTranslation();
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <Button variant="subtle" onClick={() => setSure(true)}>
        {t("shared.undo")}
      </Button>
    );
  }
  return (
    <>
      <span role="status">{t("shared.undo_sure")}</span>
      <Button variant="default" onClick={undo} autoFocus>
        {t("shared.undo_yes")}
      </Button>
      <Button variant="subtle" onClick={() => setSure(false)}>
        {common("cancel")}
      </Button>
    </>
  );
}
