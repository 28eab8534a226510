/** Which conditions decided: those by which a rule matched, failed, or could not be told. */
import type { Evidence, Result } from "../../domain/verdict.ts";
import type { Condition } from "../types.ts";

interface Judged {
  result: Result;
  decisive: Evidence[];
}

/** Of an `all` that failed the conditions that failed, of an `any` that held those that held, and so on down the tree. */
export function decisiveEvidence(condition: Condition, evidence: readonly Evidence[]): Evidence[] {
  return judged(condition, [...evidence]).decisive;
}

/** `left` is used up from its front: every child takes its own leaves. */
function judged(condition: Condition, left: Evidence[]): Judged {
  if (condition.kind === "leaf") {
    const leaf = left.shift();
    return leaf === undefined
      ? { result: "noData", decisive: [] }
      : { result: leaf.result, decisive: [leaf] };
  }
  const children = condition.children.map((child) => judged(child, left));
  const result = resultOf(condition.kind, children);
  return {
    result,
    decisive: children.filter((child) => child.result === result).flatMap((one) => one.decisive),
  };
}

/** Kleene's logic: one that failed settles an `all`, one that held an `any`, whatever is unknown beside it. */
function resultOf(kind: "all" | "any", children: readonly Judged[]): Result {
  const settling = kind === "all" ? "notMatched" : "matched";
  if (children.some(({ result }) => result === settling)) return settling;
  if (children.some(({ result }) => result === "noData")) return "noData";
  return kind === "all" ? "matched" : "notMatched";
}
