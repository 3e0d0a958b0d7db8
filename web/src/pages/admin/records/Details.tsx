import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Facts } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { useSession } from "@/session/session";
import type { Entry } from "./audit";
import { detailsOf, endOf, legible, type Held } from "./details";

/** What was recorded of a fact, in words. What this version has no word for stands there as it was written. */
export function Details({ of }: { of: Entry }) {
  const { t, word } = useWords();
  return (
    <Facts
      items={detailsOf(of).map(([name, values]) => [
        word(`field.${name}`) ?? legible(name),
        <Fragment key={name}>
          {values.length === 0 && t("nobody")}
          {values.map((one, index) => (
            <Fragment key={index}>
              {index > 0 && ", "}
              <Value one={one} />
            </Fragment>
          ))}
        </Fragment>,
      ])}
    />
  );
}

function Value({ one }: { one: Held }) {
  const { t, word } = useWords();
  const { day, number } = useFormats();
  const { sub } = useSession();
  if (one.is === "nobody") return t("nobody");
  if (one.is === "yes or no") return t(one.value ? "yes" : "no");
  if (one.is === "number") return number(one.value);
  if (one.is === "day") return day(one.value);
  if (one.is === "word") return word(`value.${one.value}`) ?? (legible(one.value) || "–");
  const words = one.is === "account" && one.value === sub ? t("you") : t("reference", { end: endOf(one.value) });
  return one.to ? (
    <Link to={one.to} title={one.value}>
      {words}
    </Link>
  ) : (
    <span title={one.value}>{words}</span>
  );
}

/** `word`: of a closed list that may have grown since; null for what is not in it. */
function useWords() {
  const { t, i18n } = useTranslation("auditDetails");
  const known = (key: string): key is "yes" => i18n.exists(key, { ns: "auditDetails" });
  return { t, word: (key: string) => (known(key) ? t(key) : null) };
}
