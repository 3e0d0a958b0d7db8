import { useEffect, useRef } from "react";
import { Notice } from "@/design/Notice";
import classes from "./verification.module.css";

export interface Said {
  text: string;
}

/** What was just done. Its form went away with it: one goes on here, where that is said. */
export function Done({ said }: { said: Said | null }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) place.current?.focus();
  }, [said]);
  return (
    <div ref={place} tabIndex={-1} className={classes.done}>
      {said && (
        <Notice tone="good" live>
          <p>{said.text}</p>
        </Notice>
      )}
    </div>
  );
}
