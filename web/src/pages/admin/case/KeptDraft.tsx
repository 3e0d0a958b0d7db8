import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "@/design/Page";
import type { useDraft } from "@/design/useDraft";
import classes from "./Case.module.css";
import type { Draft } from "./verdict";

/** A decision that was prepared and not sent, while the case is in somebody else's hands or decided already: beside how
 * the case stands, until it is thrown away. */
export function KeptDraft({ draft }: { draft: ReturnType<typeof useDraft<Draft>> }) {
  const { t } = useTranslation("review");
  const { outcome, text } = draft.value;
  return (
    <Section title={t("kept_draft.title")} hint={t("kept_draft.what")}>
      {outcome && <p>{t("kept_draft.outcome", { outcome: t(`outcome.${outcome}`) })}</p>}
      {text && <blockquote className={classes.quote}>{text}</blockquote>}
      <Button variant="default" onClick={draft.clear}>
        {t("kept_draft.drop")}
      </Button>
    </Section>
  );
}
