import { Button, Input, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { today } from "@/i18n/format";
import { ahead, freeFrom, MOST_PERIODS, plus, withFree, withTaken, type Period } from "./availability";
import classes from "./Availability.module.css";
import { MonthGrid } from "./MonthGrid";
import { usePeriodWords } from "./usePeriodWords";

/** When one is free: in one press, from a day on, or day by day in the calendar. */
export function AvailabilityForm({ periods, onChange, error }: {
  periods: readonly Period[];
  onChange: (periods: Period[]) => void;
  error?: string;
}) {
  const { t } = useTranslation("profile");
  const [from, setFrom] = useState("");
  const now = today();
  const due = ahead(periods, now);
  const period = usePeriodWords();
  const openFrom = (day: string) => onChange(freeFrom(due, day));
  return (
    <div className={classes.free}>
      <div className={classes.shortcuts}>
        <Button variant="default" onClick={() => openFrom(now)}>
          {t("free.now")}
        </Button>
        <div className={classes.fromDay}>
          <TextInput
            id="free_from"
            type="date"
            label={t("free.from_a_day")}
            min={now}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <Button variant="default" disabled={from < now} onClick={() => openFrom(from)}>
            {t("free.set")}
          </Button>
        </div>
      </div>
      <div className={classes.beside}>
        <MonthGrid periods={due} onChange={onChange} />
        <div>
          <p className={classes.listName} id="free-days">
            {t("free.list")}
          </p>
          {due.length === 0 && <p className={classes.said}>{t("free.none")}</p>}
          <ul className={classes.list} aria-labelledby="free-days">
            {due.map((one) => (
              <li key={one.from}>
                <span>{period(one)}</span>
                <Button
                  variant="subtle"
                  aria-label={t("free.remove_one", { period: period(one) })}
                  onClick={() => {
                    onChange(withTaken(due, one.from, one.until));
                    document.getElementById("free_from")?.focus();
                  }}
                >
                  {t("free.remove")}
                </Button>
              </li>
            ))}
          </ul>
          {due.some(({ until }) => until !== null) && due.length < MOST_PERIODS && (
            <Button variant="subtle" onClick={() => onChange(withFree(due, plus(due[due.length - 1]?.until ?? now, 1), null))}>
              {t("free.and_after")}
            </Button>
          )}
        </div>
      </div>
      {due.length > MOST_PERIODS && <Input.Error>{t("free.too_many", { count: MOST_PERIODS })}</Input.Error>}
      {error && <Input.Error>{error}</Input.Error>}
    </div>
  );
}
