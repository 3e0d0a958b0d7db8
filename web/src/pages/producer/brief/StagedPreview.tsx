import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { Loaded } from "@/design/States";
import type { Brief } from "../briefs";
import { companyQuery } from "../company";
import { AsFreelancer } from "./AsFreelancer";
import { OneOf } from "@/design/Choices";
import classes from "./StagedPreview.module.css";
import { useCheck, type Waiting } from "./useBriefEditor";

const STAGES = ["card", "full", "revealed"] as const;
type Stage = (typeof STAGES)[number];
type Card = Shape<"ProjectCard">;

/** What freelancers read of a project, stage by stage, and what they do not. `waiting`: with what is to be put online. */
export function StagedPreview({ brief, waiting }: { brief: Brief; waiting?: Waiting }) {
  const { t } = useTranslation("brief");
  const [stage, setStage] = useState<Stage>("card");
  const check = useCheck(brief, waiting);
  const company = useQuery(companyQuery);
  return (
    <>
      <OneOf
        id="stage"
        label={t("preview.stage")}
        choices={STAGES.map((value) => ({ value, label: t(`preview.${value}.name`) }))}
        value={stage}
        onChange={(value) => setStage(value as Stage)}
      />
      <div className={classes.explained} role="status">
        <p>{t(`preview.${stage}.who`)}</p>
        {stage !== "revealed" && (
          <>
            <p className={classes.hiddenTitle}>{t("preview.hidden")}</p>
            <ul>
              <li>{t("preview.hides.company")}</li>
              <li>{t("preview.hides.title")}</li>
              <li>{t("preview.hides.broadcaster")}</li>
              {stage === "card" && <li>{t("preview.hides.full")}</li>}
            </ul>
          </>
        )}
      </div>
      <Loaded query={check}>
        {({ preview }) => (
          <AsFreelancer card={stage === "revealed" ? revealed(preview.full, { ...brief, ...waiting }, company.data) : preview[stage]} />
        )}
      </Loaded>
    </>
  );
}

/** The last stage, which is the full brief and who is behind it. */
function revealed(full: Card, brief: Brief, company: Shape<"CompanyShape"> | null | undefined): Card {
  return {
    ...full,
    stage: "revealed",
    confidential_title: brief.confidential_title,
    targeted_broadcaster: brief.targeted_broadcaster,
    company: company
      ? {
          legal_name: company.legal_name,
          other_names: company.other_names,
          siren: company.siren,
          people: company.people,
          addresses: company.addresses,
          domain: company.email_domain,
          website: company.website,
          emails: [],
        }
      : null,
  };
}
