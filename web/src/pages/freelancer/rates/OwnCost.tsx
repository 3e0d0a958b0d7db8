import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Refusal } from "@/design/Notice";
import { Section } from "@/design/Page";
import { useDraft } from "@/design/useDraft";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Grid } from "@/pages/public/grid";
import classes from "./OwnCost.module.css";
import { numberOf, ownCostQuery, PARTS, read, startOf, type Input, type OwnCost as Cost, type Typed, type Unit } from "./ownCost";

/** How long somebody has to pause in typing for the calculation to follow. */
const SETTLED_MS = 400;

const POINTERS = PARTS.flatMap(({ inputs }) => inputs.map(([input]) => `/${input}`));

/** What one has to bill a day to live from it, computed anew as one types. The figures stay on the device. */
export function OwnCost({ grid }: { grid: Grid }) {
  const { t } = useTranslation("myRates");
  const { t: common } = useTranslation();
  const draft = useDraft<Typed>("own-cost", {});
  const [settled] = useDebouncedValue(draft.value, SETTLED_MS);
  const { figures, unread } = read(settled);
  const query = useQuery({ ...ownCostQuery(figures), enabled: unread.length === 0, placeholderData: keepPreviousData });
  const first = useRef<HTMLInputElement>(null);
  const refused = isProblem(query.error) ? query.error : null;
  const wrong = unread.length > 0 || refused?.status === 422;
  const errorAt = (input: Input) => (unread.includes(input) ? t("cost.not_a_number") : refused?.at(`/${input}`));
  return (
    <Section title={t("cost.title")} hint={t("cost.hint")} id="own-cost">
      <p className={classes.own}>{t("cost.own")}</p>
      <div className={classes.whole}>
        <form className={classes.form} noValidate onSubmit={(event) => event.preventDefault()}>
          {PARTS.map(({ part, inputs }) => (
            <fieldset key={part} className={classes.part}>
              <legend>{t(`cost.${part}`)}</legend>
              {part !== "needs" && <p className={classes.quiet}>{t(`cost.${part}_what`)}</p>}
              {inputs.map(([input, unit]) => (
                <Figure
                  key={input}
                  input={input}
                  unit={unit}
                  start={startOf(grid, input)}
                  typed={draft.value[input]}
                  error={errorAt(input)}
                  field={input === "desired_net" ? first : undefined}
                  onType={(text) => draft.set((before) => ({ ...before, [input]: text }))}
                />
              ))}
            </fieldset>
          ))}
          {draft.kept && (
            <Button
              variant="subtle"
              data-screen-only
              onClick={() => {
                draft.clear();
                first.current?.focus();
              }}
            >
              {t("cost.reset")}
            </Button>
          )}
        </form>
        <div className={classes.outcome}>
          {wrong && <p className={classes.waiting}>{t("cost.waiting")}</p>}
          {query.error && refused?.status !== 422 && (
            <>
              <Refusal error={query.error} fields={POINTERS} />
              <Button variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
                {common("retry")}
              </Button>
            </>
          )}
          {!wrong && !query.error && !query.data && <p className={classes.waiting}>{common("state.loading")}</p>}
          {!wrong && query.data && <Outcome cost={query.data} />}
          <Said cost={wrong || query.isPlaceholderData ? undefined : query.data} />
        </div>
      </div>
    </Section>
  );
}

interface FigureProps {
  input: Input;
  unit: Unit;
  start: Grid["own_cost"][number] | undefined;
  typed: string | undefined;
  error: string | undefined;
  field?: RefObject<HTMLInputElement | null>;
  onType: (text: string) => void;
}

function Figure({ input, unit, start, typed, error, field, onType }: FigureProps) {
  const { t } = useTranslation("myRates");
  const bilingual = useBilingual();
  const { number, euros } = useFormats();
  const began = start ? number(start.value) : "";
  const shown = typed ?? began;
  const year = input === "desired_net" ? numberOf(shown) : null;
  const source = start?.source ? t(start.assumption ? "cost.assumed" : "cost.sourced", { source: bilingual(start.source) }) : "";
  const description = [year !== null && t("cost.per_month", { amount: euros(year / 12) }), source].filter(Boolean).join(" ");
  return (
    <TextInput
      ref={field}
      id={`own-${input}`}
      label={t(`cost.input.${input}`)}
      description={description}
      inputWrapperOrder={["label", "input", "error", "description"]}
      inputMode={unit === "days" ? "numeric" : "decimal"}
      autoComplete="off"
      value={shown}
      placeholder={began}
      error={error}
      onChange={(event) => onType(event.currentTarget.value)}
      rightSection={<span className={classes.unit}>{t(`cost.unit.${unit}`)}</span>}
      rightSectionWidth="5.5rem"
      rightSectionPointerEvents="none"
    />
  );
}

function Outcome({ cost }: { cost: Cost }) {
  const { t } = useTranslation("myRates");
  const bilingual = useBilingual();
  const { euros } = useFormats();
  return (
    <>
      <p className={classes.result}>
        <span>{t("cost.result")}</span>
        <strong>{euros(cost.day_amount)}</strong>
        <span>{t("cost.over_year", { count: cost.billed_days, turnover: euros(cost.turnover) })}</span>
      </p>
      <h3>{t("cost.steps")}</h3>
      <ol className={classes.steps}>
        {cost.steps.map(({ step, label, formula, value }) => (
          <li key={step}>
            <span>{bilingual(label)}</span>
            <strong>{step === "billed_days" ? t("cost.day", { count: value }) : euros(value)}</strong>
            <small>{bilingual(formula)}</small>
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>{bilingual(cost.rounding)}</p>
      <p className={classes.quiet}>{t("cost.yours")}</p>
    </>
  );
}

/** The result alone, for whoever listens while typing. */
function Said({ cost }: { cost: Cost | undefined }) {
  const { t } = useTranslation("myRates");
  const { euros } = useFormats();
  return (
    <p className="visually-hidden" role="status">
      {cost && t("cost.said", { amount: euros(cost.day_amount) })}
    </p>
  );
}
