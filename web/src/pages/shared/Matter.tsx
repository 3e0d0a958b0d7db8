import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import classes from "./Conversation.module.css";

/** One thing that may be done: what it is about, and what does it. */
export function Matter({ title, pressing = false, children }: { title: string; pressing?: boolean; children: ReactNode }) {
  return (
    <div className={classes.matter} data-pressing={pressing || undefined}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** A form that is opened with a button: who opens it goes on at its first field. */
export function Opened({ label, variant = "default", children }: {
  label: string;
  variant?: "filled" | "default";
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) place.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
  }, [open]);
  return (
    <>
      <div className={classes.buttons}>
        <Button variant={open ? "default" : variant} aria-expanded={open} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </div>
      {open && <div ref={place}>{children(() => setOpen(false))}</div>}
    </>
  );
}
