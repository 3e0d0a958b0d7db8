import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "@/api/problem";
import { Notice, Refusal } from "@/design/Notice";

/** What whoever keeps the passwords has refused, where no field says it. */
export function IdentityRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation("account");
  const code = isProblem(error) ? error.code : "";
  if (code === "CodeDeliveryFailureException") return <Notice tone="danger" live title={t("refusal.delivery")} />;
  if (code === "PasswordResetRequiredException") {
    return (
      <Notice tone="danger" live title={t("refusal.reset")} actions={<Link to="/forgot-password">{t("refusal.reset_link")}</Link>} />
    );
  }
  return <Refusal error={error} />;
}
