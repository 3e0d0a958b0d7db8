import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice, Refusal } from "@/design/Notice";
import type { Remarks } from "./remarks";

/** That notes cannot be read just now, or that somebody could not be set aside. */
export function RemarksStanding({ remarks }: { remarks: Remarks }) {
  const { t } = useTranslation(["people", "common"]);
  return (
    <>
      {remarks.query.isError && remarks.query.data === undefined && (
        <Notice
          tone="warning"
          live
          title={t("note.unknown")}
          actions={
            <Button variant="default" onClick={() => void remarks.query.refetch()}>
              {t("common:retry")}
            </Button>
          }
        />
      )}
      <Refusal error={remarks.refusal} />
    </>
  );
}
