/**
 * The one layout of our files: two spaces, an object or list on one line where it was written so and fits. Nothing but white
 * space changes: every value keeps its own spelling.
 */
import { type Node, parseTree } from "jsonc-parser";
import type { JsonPath } from "../../../domain/json-file.ts";

/** Columns of a line; the formatter of this repository has the same. */
const LINE = 110;
const STEP = "  ";

/** The keys of the object at a path in the order that they are to have; others keep theirs behind. Null: as written. */
export type KeyOrder = (path: JsonPath) => readonly string[] | null;

interface Sheet {
  text: string;
  order: KeyOrder;
}

/** `text` is strict JSON that parses. */
export function formatJson(text: string, order: KeyOrder = () => null): string {
  const root = parseTree(text);
  return root === undefined ? text : `${printed({ text, order }, root, [], "", 0)}\n`;
}

/** `taken` are the columns that stand on the line besides: a key before, a comma behind. */
function printed(sheet: Sheet, node: Node, path: JsonPath, indent: string, taken: number): string {
  if (node.type !== "object" && node.type !== "array") return sourceOf(node, sheet.text);
  const children = inOrder(sheet, node, path);
  if (children.length === 0) return node.type === "object" ? "{}" : "[]";
  if (!isSpread(node, sheet.text)) {
    const line = onOneLine(sheet, node, path);
    if (indent.length + taken + line.length <= LINE) return line;
  }
  const inner = indent + STEP;
  const lines = children.map(({ label, value, path: own }, index) => {
    const comma = index === children.length - 1 ? "" : ",";
    return inner + label + printed(sheet, value, own, inner, label.length + comma.length) + comma;
  });
  const [open, close] = node.type === "object" ? "{}" : "[]";
  return `${open}\n${lines.join("\n")}\n${indent}${close}`;
}

interface Child {
  /** The key with its colon; empty in a list. */
  label: string;
  value: Node;
  path: JsonPath;
}

function inOrder({ text, order }: Sheet, { type, children = [] }: Node, path: JsonPath): Child[] {
  if (type === "array") return children.map((value, index) => ({ label: "", value, path: [...path, index] }));
  const keys = order(path) ?? [];
  const rank = (key: unknown) => (keys.includes(String(key)) ? keys.indexOf(String(key)) : keys.length);
  return children
    .flatMap(({ children: [key, value] = [] }) => (key && value ? [{ key, value }] : []))
    .toSorted((a, b) => rank(a.key.value) - rank(b.key.value))
    .map(({ key, value }) => {
      return { label: `${sourceOf(key, text)}: `, value, path: [...path, String(key.value)] };
    });
}

/** Written over several lines on purpose, or a list of things that each have several parts. */
function isSpread(node: Node, text: string): boolean {
  const children = node.children ?? [];
  if (node.type === "property") return children.some((child) => isSpread(child, text));
  if (node.type === "object") {
    const first = children[0]?.offset ?? node.offset;
    return text.slice(node.offset, first).includes("\n") || children.some((child) => isSpread(child, text));
  }
  if (node.type !== "array") return false;
  const isList = children.length > 1 && children.every((child) => (child.children?.length ?? 0) > 1);
  return isList || children.some((child) => isSpread(child, text));
}

function onOneLine(sheet: Sheet, node: Node, path: JsonPath): string {
  if (node.type !== "object" && node.type !== "array") return sourceOf(node, sheet.text);
  const parts = inOrder(sheet, node, path).map(
    ({ label, value, path: own }) => label + onOneLine(sheet, value, own),
  );
  if (node.type === "array") return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function sourceOf({ offset, length }: Node, text: string): string {
  return text.slice(offset, offset + length);
}
