import ts from "typescript";
import { describe, expect, test } from "vitest";

/** What is said or shown, and so belongs to a set of words. */
const SPOKEN = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label", "description", "hint", "lead"]);
const LETTERS = /\p{L}/u;

/** Every word that a component says by itself, with its line. */
function ownWords(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const say = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    if (LETTERS.test(text)) found.push(`${name}:${line + 1}: ${text.trim()}`);
  };
  const shown = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) say(node, node.text);
    else if (ts.isTemplateExpression(node)) for (const part of [node.head, ...node.templateSpans.map((one) => one.literal)]) say(part, part.text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(shown);
    else if (ts.isParenthesizedExpression(node)) shown(node.expression);
    // What is compared is not shown: `side === "producer" && …`.
    else if (ts.isBinaryExpression(node)) (node.operatorToken.kind === ts.SyntaxKind.PlusToken ? [node.left, node.right] : [node.right]).forEach(shown);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) say(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) shown(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(file)) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) say(node, node.initializer.text);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression) shown(node.initializer.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("what a component says by itself", () => {
  test.each([
    ["a text", "<p>Bonjour</p>", ["Bonjour"]],
    ["a name read out", '<a aria-label="Aller" />', ["Aller"]],
    ["a name made of two", "<a title={open ? \"Fermer\" : t(\"open\")} />", ["Fermer"]],
    ["a sentence put together", "<p>{`${count} jours`}</p>", ["jours"]],
    ["a sum of words", '<p>{"Oui " + name}</p>', ["Oui"]],
    ["a word under a condition", '<p>{side === "producer" && "Oui"}</p>', ["Oui"]],
  ])("%s is found", (_, code, words) => {
    expect(ownWords("x.tsx", code).map((one) => one.split(": ")[1])).toEqual(words);
  });

  test.each([
    "<p>{t(\"hello\")} · {count}</p>",
    '<a aria-label={t("open")} href="/open" className="x" />',
    '<p>{side === "producer" && <b>{t("yes")}</b>}</p>',
    '<Page title={kind === "new" ? t("new") : name} />',
    '<span aria-hidden="true">← </span>',
  ])("%s says nothing by itself", (code) => {
    expect(ownWords("x.tsx", code)).toEqual([]);
  });
});

const components = import.meta.glob<string>("../**/*.tsx", { query: "?raw", import: "default", eager: true });

test.each(Object.entries(components))("%s takes its words from a set", (name, code) => {
  expect(ownWords(name, code)).toEqual([]);
});
