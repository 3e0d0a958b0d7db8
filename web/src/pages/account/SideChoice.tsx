import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Form.module.css";

export type Side = "producer" | "freelancer";

/** Which side of the market somebody is on. */
export function SideChoice({ value, onChange }: { value: Side | ""; onChange: (side: Side) => void }) {
  const { t } = useTranslation("account");
  return (
    <Radio.Group label={t("sign_up.side")} value={value} onChange={(side) => onChange(side as Side)} required name="side">
      <div className={classes.choices}>
        {(["producer", "freelancer"] as const).map((side) => (
          <div key={side} className={classes.choice} data-checked={value === side}>
            <Radio value={side} required label={t(`sign_up.${side}`)} description={t(`sign_up.${side}_what`)} />
          </div>
        ))}
      </div>
    </Radio.Group>
  );
}
