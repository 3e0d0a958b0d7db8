import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { useComplete } from "@/design/useComplete";
import { WrittenText } from "../../shared/WrittenText";
import { groundsFor, type Ground, type Measure } from "./moderation";

export interface Grounded {
  ground: Ground | "";
  facts: string;
}

/** For what, and on which facts: what every decision against somebody says. */
export function GroundAndFacts<T extends Grounded>({ id, kind, value, onChange, error, complete }: {
  id: string;
  kind: Measure["kind"];
  value: T;
  onChange: (change: (now: T) => T) => void;
  error: unknown;
  complete: ReturnType<typeof useComplete>;
}) {
  const { t } = useTranslation("adminModeration");
  return (
    <>
      <NativeSelect
        id={`${id}-ground`}
        label={t("ground.label")}
        value={value.ground}
        onChange={(event) => {
          const ground = event.currentTarget.value as Ground | "";
          onChange((now) => ({ ...now, ground }));
        }}
        data={[{ value: "", label: t("ground.choose") }, ...groundsFor(kind).map((one) => ({ value: one, label: t(`ground.of.${one}`) }))]}
        error={complete.at(`${id}-ground`, value.ground) ?? (isProblem(error) ? error.at("/ground") : undefined)}
        required
        withAsterisk={false}
      />
      <WrittenText
        id={`${id}-facts`}
        label={t("ground.facts")}
        hint={t(`ground.facts_hint.${kind}`)}
        value={value.facts}
        onChange={(facts) => onChange((now) => ({ ...now, facts }))}
        error={error}
        wanting={complete.at(`${id}-facts`, value.facts)}
        pointer="/facts"
        required
      />
    </>
  );
}
