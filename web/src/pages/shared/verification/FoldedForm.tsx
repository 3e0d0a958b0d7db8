import { useState, type ReactNode } from "react";
import { begunDraft } from "@/design/useDraft";
import classes from "./verification.module.css";

/** A form that few need, folded away; open for whoever has begun to write in it. `name`: of its draft. */
export function FoldedForm({ label, name, children }: { label: string; name: string; children: ReactNode }) {
  const [begun] = useState(() => begunDraft(name) !== null);
  return (
    <details className={classes.fold} open={begun}>
      <summary>{label}</summary>
      {children}
    </details>
  );
}
