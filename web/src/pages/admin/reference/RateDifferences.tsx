import { useTranslation } from "react-i18next";
import { Tag } from "@/design/Tag";
import lists from "../Lists.module.css";
import type { Difference } from "./grid";
import { useGridWords } from "./useGridWords";

/** What a grid would change, entry by entry. */
export function RateDifferences({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation("reference");
  const { nameOf, amountsOf } = useGridWords();
  return (
    <ul className={lists.rows}>
      {differences.map(({ part, key, before, after }) => {
        const kind = before === null ? "added" : after === null ? "removed" : "changed";
        const [was, is] = [before && amountsOf(before), after && amountsOf(after)];
        return (
          <li key={`${part}/${key}`} className={lists.row}>
            <div className={lists.head}>
              <p className={lists.name}>{nameOf(part, after ?? before)}</p>
              <Tag tone={kind === "changed" ? "plain" : "warning"}>{t(`rates.${kind}`)}</Tag>
            </div>
            {was === is ? (
              <p className={lists.calm}>{t("rates.text_changed")}</p>
            ) : (
              <>
                {was && <p className={lists.calm}>{t("rates.before", { what: was })}</p>}
                {is && <p>{t("rates.after", { what: is })}</p>}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
