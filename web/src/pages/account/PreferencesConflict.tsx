import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/design/Notice";
import { useBilingual } from "@/i18n/format";
import { differing, wordOf, type Choices, type Kind, type Preferences } from "./preferences";

interface Props {
  mine: Choices;
  theirs: Preferences;
  kinds: readonly Kind[];
  keep: () => void;
  take: () => void;
}

/** What was chosen here beside what was saved meanwhile, to decide between the two. */
export function PreferencesConflict({ mine, theirs, kinds, keep, take }: Props) {
  const { t } = useTranslation("mails");
  const bilingual = useBilingual();
  const kindsApart = differing(mine, theirs, kinds);
  const spoken = (language: Choices["language"]) =>
    language === null ? t("conflict.unset") : t(language === "fr" ? "french" : "english");
  const apart = [
    ...kindsApart.map((kind) => ({
      name: bilingual(theirs.labels[kind]),
      here: t(`conflict.${wordOf(mine.kinds[kind])}`),
      there: t(`conflict.${wordOf(theirs.kinds[kind])}`),
    })),
    ...(mine.language === theirs.language
      ? []
      : [{ name: t("language"), here: spoken(mine.language), there: spoken(theirs.language) }]),
  ];
  return (
    <Notice
      tone="warning"
      live
      title={t("conflict.title")}
      actions={
        <>
          <Button onClick={keep}>{t("conflict.keep")}</Button>
          <Button variant="default" onClick={take}>
            {t("conflict.take")}
          </Button>
        </>
      }
    >
      <p>{apart.length > 0 ? t("conflict.what") : t("conflict.same")}</p>
      <ul>
        {apart.map(({ name, here, there }) => (
          <li key={name}>
            <strong>{name}</strong>
            <br />
            {t("conflict.here", { choice: here })}
            <br />
            {t("conflict.there", { choice: there })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
