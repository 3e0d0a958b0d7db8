import { useTranslation } from "react-i18next";
import { Section } from "@/design/Page";
import { StagedPreview } from "./brief/StagedPreview";
import { ProjectFrame } from "./ProjectFrame";

/** A project as freelancers read it, before and after the reveal. */
export default function Preview() {
  const { t } = useTranslation("brief");
  return (
    <ProjectFrame title={t("preview.title")} lead={t("preview.lead")}>
      {({ brief }) => (
        <Section plain title={t("preview.stages")}>
          <StagedPreview brief={brief} />
        </Section>
      )}
    </ProjectFrame>
  );
}
