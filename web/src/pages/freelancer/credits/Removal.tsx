import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { Refusal } from "@/design/Notice";
import classes from "../profile/Profile.module.css";
import type { Credit } from "@/pages/shared/mine";
import { useCreditChange } from "./useCreditChange";

interface Props {
  credit: Credit | null;
  close: () => void;
  onRemoved: (credit: Credit) => void;
}

/** What is lost with a credit, before it is taken away. Nothing while `credit` is nothing. */
export function Removal({ credit, close, onRemoved }: Props) {
  const { t } = useTranslation("credits");
  const { t: common } = useTranslation();
  return (
    <Modal opened={credit !== null} onClose={close} title={t("removal.title")} closeButtonProps={{ "aria-label": common("close") }}>
      {credit && <Sure credit={credit} close={close} onRemoved={onRemoved} />}
    </Modal>
  );
}

/** Each time anew: what was refused of one credit says nothing of the next. */
function Sure({ credit, close, onRemoved }: Props & { credit: Credit }) {
  const { t } = useTranslation("credits");
  const { t: common } = useTranslation();
  const remove = useCreditChange({
    change: ({ credit_id }: Credit) => ask(api.DELETE("/profiles/mine/credits/{credit_id}", { params: { path: { credit_id } } })),
    onDone: (_, removed) => {
      close();
      onRemoved(removed);
    },
  });
  return (
    <>
      <p>{t("removal.what", { title: credit.title })}</p>
      {credit.level > 0 && <p>{t("removal.loses")}</p>}
      <Refusal error={remove.error} />
      <div className={classes.bar}>
        <Button loading={remove.isPending} onClick={() => remove.mutate(credit)}>
          {t("removal.go")}
        </Button>
        <Button variant="default" onClick={close}>
          {common("cancel")}
        </Button>
      </div>
    </>
  );
}
