/** A text or a flag that meets all comparisons with it. */
import { operatorsById } from "../../judge/operators.ts";
import type { Leaf } from "../../types.ts";
import type { AskedFigure } from "./figures.ts";

type Found = { kind: "text"; value: string | boolean } | { kind: "never" } | { kind: "unknown" };

/** No list names it and few patterns fit it. */
const ANY_TEXT = "something else";

export function textFor(figure: AskedFigure, leaves: readonly Leaf[]): Found {
  // Labels are many at once, so no one text is an example of them.
  if (figure.kind === "labels") return { kind: "unknown" };
  const named = leaves.flatMap(({ operator, right }) =>
    right.kind === "literal" && (operator === "equal" || operator === "in") ? [listOf(right.value)] : [],
  );
  const closed: readonly (string | boolean)[] | null =
    figure.kind === "flag" ? [true, false] : (named[0] ?? figure.values);
  const open = leaves.flatMap(({ operator, right }) =>
    operator === "matches" && right.kind === "literal" ? [sampleOf(String(right.value))] : [],
  );
  const value = (closed ?? [...open, ANY_TEXT]).find((one) => leaves.every((leaf) => fits(one, leaf)));
  if (value !== undefined) return { kind: "text", value };
  return { kind: closed === null ? "unknown" : "never" };
}

/** The shortest text that a glob fits. */
function sampleOf(glob: string): string {
  return glob.replaceAll("*", "").replaceAll("?", "x") || "x";
}

function listOf(value: unknown): (string | boolean)[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === "string" || typeof one === "boolean",
  );
}

function fits(value: string | boolean, { operator, right }: Leaf): boolean {
  return right.kind === "literal" && operatorsById.get(operator)?.holds(value, listOf(right.value)) === true;
}
