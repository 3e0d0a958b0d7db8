import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";
import { differing, type Typed } from "./company";
import classes from "./company.module.css";

/** Somebody else saved meanwhile: what now stands beside what was typed, and which of both it shall be. */
export function Conflict({ mine, theirs, onMine, onTheirs }: {
  mine: Typed;
  theirs: Typed;
  onMine: () => void;
  onTheirs: () => void;
}) {
  const { t } = useTranslation("company");
  return (
    <Notice
      tone="warning"
      live
      title={t("conflict.title")}
      actions={
        <>
          <Button onClick={onMine}>{t("conflict.mine")}</Button>
          <Button variant="default" onClick={onTheirs}>
            {t("conflict.theirs")}
          </Button>
        </>
      }
    >
      <p>{t("conflict.what")}</p>
      <dl className={classes.versions}>
        {differing(mine, theirs).map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>
              <span className={classes.soft}>{t("conflict.now")}</span>
              {theirs[field] || t("conflict.nothing")}
            </dd>
            <dd>
              <span className={classes.soft}>{t("conflict.yours")}</span>
              {mine[field] || t("conflict.nothing")}
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}
