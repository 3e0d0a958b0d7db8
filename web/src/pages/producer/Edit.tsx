import { useTranslation } from "react-i18next";
import { Editor } from "./brief/Editor";
import { ProjectFrame } from "./ProjectFrame";

/** A project of one's own, to be written on. */
export default function Edit() {
  const { t } = useTranslation("brief");
  return (
    <ProjectFrame title={t("edit.title")}>
      {({ brief, version }) => <Editor key={brief.brief_id} known={{ value: brief, version }} />}
    </ProjectFrame>
  );
}
