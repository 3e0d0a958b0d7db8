import { useTranslation } from "react-i18next";
import { useSession } from "@/session/session";

/** « par vous », « par une autre personne »: administrators are told apart by no name here. */
export function useWho() {
  const { t } = useTranslation("review");
  const { sub } = useSession();
  return (who: string | null) => t(who === sub ? "by.you" : "by.other");
}
