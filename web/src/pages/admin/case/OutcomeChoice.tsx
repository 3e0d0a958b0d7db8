import { useId } from "react";
import classes from "./Case.module.css";

/** One of a few ways out, each with what it means; numbered as the keys that choose it. */
export function OutcomeChoice<Value extends string>({ legend, name, choices, value, onChange, error }: {
  legend: string;
  name: string;
  choices: readonly { value: Value; label: string; what: string }[];
  value: Value | null;
  onChange: (value: Value) => void;
  error?: string | undefined;
}) {
  const wrong = useId();
  return (
    <fieldset className={classes.outcomes} aria-describedby={error ? wrong : undefined}>
      <legend>{legend}</legend>
      {choices.map((one, index) => (
        <label key={one.value} className={classes.way} data-checked={value === one.value || undefined}>
          <input type="radio" name={name} checked={value === one.value} onChange={() => onChange(one.value)} />
          <span>
            <strong>{one.label}</strong>
            <span className={classes.soft}>{one.what}</span>
          </span>
          <kbd aria-hidden="true">{index + 1}</kbd>
        </label>
      ))}
      {error && (
        <p id={wrong} className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
