import type { ReactNode } from "react";
import type { Tone } from "./Notice";
import classes from "./Tag.module.css";

/** A state in a word or two. */
export function Tag({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}

/** Several words beside one another, read as a list. */
export function Tags({ items, label }: { items: readonly ReactNode[]; label?: string }) {
  return (
    <ul className={classes.tags} aria-label={label}>
      {items.map((item, index) => (
        <li key={index}>
          <Tag>{item}</Tag>
        </li>
      ))}
    </ul>
  );
}

/** Facts as pairs of a name and what it is. Pairs without content are left out. */
export function Facts({ items }: { items: readonly (readonly [name: string, content: ReactNode])[] }) {
  const there = items.filter(([, content]) => !isNothing(content));
  return (
    <dl className={classes.facts}>
      {there.map(([name, content]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{content}</dd>
        </div>
      ))}
    </dl>
  );
}

const isNothing = (content: ReactNode) =>
  content === null || content === undefined || content === "" || content === false || (Array.isArray(content) && content.length === 0);
