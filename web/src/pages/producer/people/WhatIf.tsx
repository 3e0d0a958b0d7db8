import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Loaded } from "@/design/States";
import { useBilingual } from "@/i18n/format";
import { whyQuery, type Why } from "./queries";
import classes from "@/pages/shared/person/People.module.css";

/** What in the project would move somebody: asked for when it is opened. */
export function WhatIf({ briefId, profileId }: { briefId: string; profileId: string }) {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...whyQuery(briefId, profileId), enabled: open });
  return (
    <details className={classes.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("what_if")}</summary>
      {open && <Loaded query={query}>{(why) => <Changes why={why} />}</Loaded>}
    </details>
  );
}

export function Changes({ why }: { why: Why }) {
  const { t } = useTranslation("people");
  const both = useBilingual();
  if (!why.counterfactuals.length) return <p className={classes.small}>{t("nothing_moves")}</p>;
  return (
    <>
      <ul className={classes.changes}>
        {why.counterfactuals.map((change, index) => (
          <li key={index}>{both(change.text)}</li>
        ))}
      </ul>
      <Anchor component={Link} to={`/briefs/${why.brief_id}/edit`} size="sm">
        {t("change_brief")}
      </Anchor>
    </>
  );
}
