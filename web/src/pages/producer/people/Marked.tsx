import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldProblem } from "@/api/problem";
import { Notice } from "@/design/Notice";
import { cut, inField } from "./reading";
import classes from "./People.module.css";

/** Passages of a text that may not stand: marked in it as it was sent, each with why, and a way to it in its field. */
export function Marked({ text, problems, field }: { text: string; problems: readonly FieldProblem[]; field: string }) {
  const { t } = useTranslation("people");
  return (
    <Notice tone="danger" live title={t("invite.leaks")}>
      <p className={classes.marked} aria-label={t("invite.word_as_written")}>
        {cut(text, problems).map((piece, index) =>
          piece.passage === null ? (
            <span key={index}>{piece.text}</span>
          ) : (
            <mark key={index}>
              <span className="visually-hidden">{t("invite.marked")} </span>
              {piece.text}
            </mark>
          ),
        )}
      </p>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.message}{" "}
            {problem.end !== undefined && (
              <Button variant="subtle" size="compact-sm" onClick={() => goTo(field, text, problem)}>
                {t("invite.show")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function goTo(id: string, text: string, passage: FieldProblem): void {
  const field = document.getElementById(id) as HTMLTextAreaElement | null;
  if (!field) return;
  field.focus();
  // What was written since may have moved it; then the field alone is gone to.
  if (field.value === text) field.setSelectionRange(...inField(text, passage));
}
