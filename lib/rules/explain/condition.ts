/** A rule's condition as a tree of answers, put together from the evidence of a verdict. */
import type { ExplainedCondition, ExplainedLeaf } from "../../domain/explanation.ts";
import type { Figure } from "../../domain/figure.ts";
import type { Evidence, Result } from "../../domain/verdict.ts";
import { RuleError } from "../errors.ts";
import { marginPercent } from "../judge/turning.ts";
import type { Condition } from "../types.ts";

/** `evidence` holds the leaves in the order written: the very answers that the verdict was made of. */
export function explainCondition(condition: Condition, evidence: readonly Evidence[]): ExplainedCondition {
  return decided(answered(condition, [...evidence]), true);
}

/** `left` is used up from its front. */
function answered(condition: Condition, left: Evidence[]): ExplainedCondition {
  if (condition.kind === "leaf") {
    const evidence = left.shift();
    if (evidence === undefined)
      throw new RuleError("rules.engine", "a verdict has less evidence than its rule has conditions");
    return leafOf(evidence);
  }
  const children = condition.children.map((child) => answered(child, left));
  return { kind: condition.kind, result: resultOf(condition.kind, children), decides: false, children };
}

/** Kleene's logic, as the verdict's: one that fails settles `all`, one that holds settles `any`. */
function resultOf(kind: "all" | "any", children: readonly ExplainedCondition[]): Result {
  const [settling, otherwise]: readonly Result[] =
    kind === "all" ? ["notMatched", "matched"] : ["matched", "notMatched"];
  const has = (result: Result | undefined) => children.some((child) => child.result === result);
  if (settling !== undefined && has(settling)) return settling;
  return has("noData") || otherwise === undefined ? "noData" : otherwise;
}

/** What has the answer of what it stands in made that answer; the rest could have been otherwise. */
function decided(condition: ExplainedCondition, decides: boolean): ExplainedCondition {
  if (condition.kind === "leaf") return { ...condition, decides };
  const children = condition.children.map((child) =>
    decided(child, decides && child.result === condition.result),
  );
  return { ...condition, decides, children };
}

function leafOf(evidence: Evidence): ExplainedLeaf {
  const { value, threshold, result } = evidence;
  const percent = marginPercent(evidence);
  const unknown = result === "noData";
  return {
    kind: "leaf",
    result,
    decides: false,
    evidence,
    margin: marginOf(evidence),
    marginPercent: percent,
    missing: [
      ...(unknown && value.value === null ? (["value"] as const) : []),
      ...(unknown && threshold.value === null ? (["threshold"] as const) : []),
    ],
  };
}

/** Against 0 there is a way, but no percent of it. */
function marginOf({ value, threshold, operator, result }: Evidence): Figure | null {
  if (typeof value.value !== "number" || typeof threshold.value !== "number") return null;
  const without = result === "matched" ? ["equal", "notEqual"] : ["notEqual"];
  if (without.includes(operator)) return null;
  const distance = Math.abs(value.value - threshold.value);
  return { value: value.unit === "money" ? distance : Math.round(distance * 1e6) / 1e6, unit: value.unit };
}
