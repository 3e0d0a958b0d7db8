import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "@/api/client";
import { Notice, Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useBilingual } from "@/i18n/format";
import { download, exportName } from "./download";

/** Everything that is known of somebody, as a file. */
export function Export() {
  const { t } = useTranslation("mydata");
  const bilingual = useBilingual();
  const get = useMutation({
    mutationFn: () => ask(api.GET("/me/export")),
    onSuccess: (whole) => download(exportName(whole.exported_at), whole),
  });
  return (
    <Section title={t("export.title")} id="data">
      <p>{t("export.what")}</p>
      <Refusal error={get.error} />
      {get.data && (
        <Notice tone="good" live title={t("export.done")}>
          {get.data.not_included.length > 0 && (
            <details>
              <summary>{t("export.not_included")}</summary>
              <ul>
                {get.data.not_included.map((one) => (
                  <li key={one.fr}>{bilingual(one)}</li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      )}
      <p>
        <Button variant="default" onClick={() => get.mutate()} loading={get.isPending}>
          {t("export.get")}
        </Button>
        <span className="visually-hidden" role="status">
          {get.isPending && t("export.preparing")}
        </span>
      </p>
      <p>
        <Link to="/privacy-notice">{t("export.notice")}</Link>
      </p>
    </Section>
  );
}
