import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/design/Dialog";
import classes from "./Shortcuts.module.css";
import { useShortcuts, useShortcutsOn } from "./useShortcuts";

const QUEUE = [
  [["j", "↓"], "down"],
  [["k", "↑"], "up"],
  [["enter"], "open"],
  [["c"], "claim_open"],
  [["n"], "first"],
  [["/"], "filter"],
  [["?"], "help"],
] as const;
const CASE = [
  [["c"], "claim"],
  [["e"], "extend"],
  [["r"], "release"],
  [["s"], "credit"],
  [["f", "p", "o", "x"], "settle"],
  [["1", "2", "3"], "choose"],
  [["q"], "ask"],
  [["ctrl_enter"], "confirm"],
  [["n"], "next"],
  [["u"], "back"],
  [["?"], "help"],
] as const;

/** Which keys do what, with a way to turn them off; behind its button, and behind « ? ». */
export function Shortcuts() {
  const { t } = useTranslation("queue");
  const [opened, setOpened] = useState(false);
  const [on, setOn] = useShortcutsOn();
  useShortcuts({ "?": () => setOpened(true) });
  return (
    <>
      <Button variant="subtle" onClick={() => setOpened(true)}>
        {t("keys.button")}
      </Button>
      {opened && (
        <Dialog onClose={() => setOpened(false)} title={t("keys.title")}>
          <p className={classes.what}>{t("keys.what")}</p>
          <Checkbox
            label={t("keys.on")}
            description={t("keys.off")}
            checked={on}
            onChange={(event) => setOn(event.currentTarget.checked)}
          />
          <Keys title={t("keys.in_queue")} keys={QUEUE} />
          <Keys title={t("keys.in_case")} keys={CASE} />
        </Dialog>
      )}
    </>
  );
}

function Keys({ title, keys }: { title: string; keys: typeof QUEUE | typeof CASE }) {
  const { t } = useTranslation("queue");
  return (
    <table className={classes.keys}>
      <caption>{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t("keys.key")}</th>
          <th scope="col">{t("keys.does")}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(([names, does]) => (
          <tr key={does}>
            <td>
              {names.map((name, index) => (
                <span key={name}>
                  {index > 0 && <span className="visually-hidden"> {t("keys.or")} </span>}
                  <kbd>{name === "enter" || name === "ctrl_enter" ? t(`keys.${name}`) : name}</kbd>
                </span>
              ))}
            </td>
            <td>{t(`keys.${does}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
