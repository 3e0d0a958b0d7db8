import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import classes from "./Editor.module.css";
import { useForm } from "./Fields";
import { missing, numberOf, progress, stepOf, STEPS, type Step } from "./steps";

/** The five steps, each with what it still lacks, and how far the whole has come. */
export function StepList({ step }: { step: Step }) {
  const { t } = useTranslation("brief");
  const { editor, findings, leadsTo } = useForm();
  const { there, of } = progress(editor.fields);
  const blocks = (one: Step) =>
    findings.filter((found) => found.severity === "block" && stepOf(found.pointer) === one).length;
  const state = (one: Step) => {
    const lacks = missing(editor.fields, one).length;
    const blocked = blocks(one);
    if (blocked > 0) return t("steps.blocked", { count: blocked });
    if (one === "publish") return there === of ? t("steps.ready") : t("steps.not_ready");
    return lacks > 0 ? t("steps.lacks", { count: lacks }) : t("steps.complete");
  };
  return (
    <nav className={classes.steps} aria-label={t("steps.name")}>
      <ol>
        {STEPS.map((one) => (
          <li key={one}>
            <Link
              to={leadsTo(one)}
              className={classes.step}
              aria-current={one === step ? "step" : undefined}
              data-complete={one !== "publish" && missing(editor.fields, one).length === 0 && blocks(one) === 0}
            >
              <span className={classes.number} aria-hidden="true">
                {numberOf(one)}
              </span>
              <span className={classes.stepWords}>
                <span>{t(`step.${one}.title`)}</span>
                <small>{state(one)}</small>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <div className={classes.meter}>
        <meter min={0} max={of} value={there} aria-label={t("steps.progress")} />
        <p>{there === of ? t("steps.whole") : t("steps.count", { there, of })}</p>
      </div>
    </nav>
  );
}
