import { Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Match } from "./queries";
import { ASIDE_REASONS, type AsideReason } from "./remarkList";
import type { Remarks } from "./remarks";
import classes from "@/pages/shared/person/People.module.css";

/** Whom the company has set aside, with why, and the way back. */
export function AsideList({ matches, remarks, onBack }: {
  matches: readonly Match[];
  remarks: Remarks;
  onBack: (profileId: string) => void;
}) {
  const { t } = useTranslation("people");
  return (
    <details className={classes.fold}>
      <summary>{t("aside.title", { count: matches.length })}</summary>
      <ul className={classes.asides}>
        {matches.map(({ profile: { profile_id: id, display_name: name } }) => (
          <li key={id}>
            <NativeSelect
              label={t("aside.reason", { name })}
              value={remarks.of(id).dismissal?.reason ?? "unstated"}
              onChange={(event) => void remarks.setAside(id, event.currentTarget.value as AsideReason)}
              data={ASIDE_REASONS.map((value) => ({ value, label: t(`aside.reasons.${value}`) }))}
            />
            <Button variant="default" onClick={() => onBack(id)}>
              {t("aside.back", { name })}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
