import { useEffect, useRef, useState, type ReactNode } from "react";
import { Notice } from "@/design/Notice";
import classes from "./admin.module.css";
import { Tell, type Said } from "../shared/useAct";

/** What has just happened to what the screen is about, at its head: whoever acted goes on there. */
export function Told({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said | null>(null);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) head.current?.focus();
  }, [said]);
  return (
    <Tell.Provider value={setSaid}>
      <div ref={head} tabIndex={-1} className={classes.said}>
        {said && (
          <Notice tone={said.tone} title={said.title} live>
            {said.text && <p>{said.text}</p>}
          </Notice>
        )}
      </div>
      {children}
    </Tell.Provider>
  );
}
