/** Whether the cases of a rule show each of its conditions both true and false. */
import type { Figure } from "../../domain/figure.ts";
import { majorFromMicros } from "../../domain/money.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { factCatalogue } from "../../metrics/index.ts";
import { leavesOf } from "../files/normalise.ts";
import { operatorsById } from "../judge/operators.ts";
import type { Leaf, Rule } from "../types.ts";

export interface LeafCoverage {
  /** The condition in short: "spend (14d) at least 3 x targetCpa". */
  condition: string;
  seenTrue: boolean;
  seenFalse: boolean;
}

export function coverageOf(rule: Rule, verdicts: readonly Verdict[]): LeafCoverage[] {
  return leavesOf(rule.condition).map((leaf, index) => {
    const seen = new Set(verdicts.map(({ evidence }) => evidence[index]?.result));
    return { condition: leafText(leaf), seenTrue: seen.has("matched"), seenFalse: seen.has("notMatched") };
  });
}

export function isCovered({ seenTrue, seenFalse }: LeafCoverage): boolean {
  return seenTrue && seenFalse;
}

/** A condition in the language's own words, for whoever writes rules. */
function leafText({ fact, params, operator, right }: Leaf): string {
  return `${factText(fact, params)} ${operatorsById.get(operator)?.doc ?? operator} ${rightText(fact, right)}`;
}

function rightText(left: string, right: Leaf["right"]): string {
  if (right.kind === "literal") {
    const values = typeof right.value === "object" ? right.value : [right.value];
    return values.map((value) => plainFigure({ value, unit: right.unit })).join(", ");
  }
  const times = right.timesPermille === 1000 ? "" : `${right.timesPermille / 1000} x `;
  const unit = factCatalogue.find(({ id }) => id === left)?.unit ?? "count";
  const plus = right.plus === 0 ? "" : ` plus ${plainFigure({ value: right.plus, unit })}`;
  return `${times}${factText(right.fact, right.params)}${plus}`;
}

function factText(fact: string, params: Leaf["params"]): string {
  const told = Object.entries(params).map(([name, value]) =>
    name === "window" ? String(value) : value === true ? name : `${name} ${value}`,
  );
  return told.length === 0 ? fact : `${fact} (${told.join(", ")})`;
}

/** As a rule file writes it: money in major units. */
function plainFigure({ value, unit }: Figure): string {
  return unit === "money" && typeof value === "number" ? majorFromMicros(BigInt(value)) : String(value);
}
