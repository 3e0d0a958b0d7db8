import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { Editor } from "./brief/Editor";
import { companyQuery } from "./company";

/** A new project. */
export default function New() {
  const { t } = useTranslation("brief");
  const company = useQuery(companyQuery);
  return (
    <Page title={t("new.title")} lead={t("new.lead")} width="wide" back={{ to: "/", label: t("new.back") }}>
      <Loaded query={company}>
        {(own) =>
          own ? (
            <Editor known={null} />
          ) : (
            <Empty
              title={t("no_company.title")}
              action={
                <Button component={Link} to="/company">
                  {t("no_company.go")}
                </Button>
              }
            >
              <p>{t("no_company.first")}</p>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}
