import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";

interface Props {
  /** What differs, in words. */
  apart: readonly { name: string; here: string; there: string }[];
  keep: () => void;
  take: () => void;
}

/** What was changed here beside what somebody saved meanwhile, to decide between the two. */
export function Conflict({ apart, keep, take }: Props) {
  const { t } = useTranslation("reference");
  return (
    <Notice
      tone="warning"
      live
      title={t("shared.conflict")}
      actions={
        <>
          <Button onClick={keep}>{t("shared.keep")}</Button>
          <Button variant="default" onClick={take}>
            {t("shared.take")}
          </Button>
        </>
      }
    >
      <p>{t(apart.length > 0 ? "shared.conflict_what" : "shared.conflict_same")}</p>
      <ul>
        {apart.map(({ name, here, there }, index) => (
          <li key={index}>
            <strong>{name}</strong>
            <br />
            {t("shared.here", { what: here })}
            <br />
            {t("shared.there", { what: there })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
