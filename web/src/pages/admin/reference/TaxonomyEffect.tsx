import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import lists from "../Lists.module.css";

const HOW_MANY = ["5", "10", "20", "30"];

/** What publishing the draft would do to the shortlists of live projects, computed when it is asked for. */
export function TaxonomyEffect({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation("reference");
  const [projects, setProjects] = useState("10");
  const preview = useMutation({
    mutationFn: () => ask(api.POST("/admin/taxonomy/preview", { body: { projects: Number(projects) } })),
  });
  return (
    <Section title={t("taxonomy.effect")} hint={t("taxonomy.effect_what")} id="effect">
      <div className={lists.filters}>
        <NativeSelect
          label={t("taxonomy.effect_projects")}
          value={projects}
          onChange={(event) => setProjects(event.currentTarget.value)}
          data={HOW_MANY}
        />
        <Button id="see-effect" variant="default" loading={preview.isPending} disabled={unsaved} onClick={() => preview.mutate()}>
          {t("taxonomy.effect_see")}
        </Button>
      </div>
      {unsaved && <p className={lists.calm}>{t("taxonomy.effect_unsaved")}</p>}
      <Refusal error={preview.error} />
      {preview.data && !unsaved && <Effect of={preview.data} />}
    </Section>
  );
}

function Effect({ of }: { of: Shape<"TaxonomyPreviewShape"> }) {
  const { t } = useTranslation("reference");
  if (of.projects_looked_at === 0) return <Notice live title={t("taxonomy.effect_none_live")} />;
  return (
    <>
      <Notice
        live
        tone={of.projects_changed > 0 ? "warning" : "good"}
        title={
          of.projects_changed === 0
            ? t("taxonomy.effect_none")
            : t("taxonomy.effect_some", { count: of.projects_looked_at, changed: of.projects_changed })
        }
      />
      <ul className={lists.rows}>
        {of.projects.map((one) => (
          <li key={one.brief_id} className={lists.row}>
            <h3 className={lists.name}>{one.code_name}</h3>
            <Moves one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who comes, goes and moves, by number alone: people are not named here. */
function Moves({ one }: { one: Shape<"ShortlistEffectShape"> }) {
  const { t } = useTranslation("reference");
  const said = [
    one.entering.length > 0 && t("taxonomy.entering", { count: one.entering.length }),
    one.leaving.length > 0 && t("taxonomy.leaving", { count: one.leaving.length }),
    ...one.moved.map(({ before, after }) => t("taxonomy.moved", { before, after })),
  ].filter(Boolean);
  return <p className={lists.calm}>{said.length > 0 ? said.join(" · ") : t("taxonomy.same")}</p>;
}
