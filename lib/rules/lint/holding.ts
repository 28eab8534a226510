/** What checks ask of a rule's conditions: can they hold, must they hold, is there a floor in every way. */
import { normalise } from "../files/normalise.ts";
import type { Condition, Leaf, Scope } from "../types.ts";
import type { LintedRule, LintInput } from "./check.ts";
import { writtenOut } from "./ranges/by-day.ts";
import { isImpossible } from "./ranges/solve.ts";
import { type Way, waysOf } from "./ranges/ways.ts";

type Facts = LintInput["facts"];

/** The ways in which the condition may hold within the scope; null where there are too many. */
export function possibleWays(condition: Condition, scope: Scope, facts: Facts): readonly Way[] | null {
  return (
    waysOf(writtenOut(condition))
      ?.map((way) => [...way, ...impliedBy(scope, way)])
      .filter((way) => !isImpossible(way, facts)) ?? null
  );
}

/** True when it is proven that it holds wherever there is data. */
export function alwaysHolds(condition: Condition, scope: Scope, facts: Facts): boolean {
  return possibleWays(normalise(writtenOut(condition), true), scope, facts)?.length === 0;
}

/** True when every way in which the rule can fire has a leaf that answers `test`; false where ways are not known. */
export function everyWayHas({ ways }: LintedRule, test: (leaf: Leaf) => boolean): boolean {
  return ways === null || ways.every((way) => way.some(test));
}

const AT_LEAST: readonly string[] = ["greaterThan", "greaterThanInclusive", "equal"];

/** The leaf keeps its own figure above 0: by a number, or by a parameter that somebody set. */
export function isFloor(leaf: Leaf, facts: Facts): boolean {
  const { right } = leaf;
  if (right.kind === "fact") {
    return AT_LEAST.includes(leaf.operator) && facts.get(right.fact)?.kind === "parameter";
  }
  const zero: Leaf = { ...leaf, operator: "equal", right: { ...right, value: 0 } };
  return typeof right.value !== "boolean" && isImpossible([leaf, zero], facts);
}

/** What the scope says of states that the way asks for too. */
function impliedBy(scope: Scope, way: Way): Leaf[] {
  const isHolder = scope.level === "budgetHolder";
  const said: Readonly<Record<string, readonly string[] | null>> = {
    stage: scope.stages,
    platform: scope.platforms,
    // An active campaign's own status is not that of what is in it.
    ...(isHolder && {
      status: scope.status,
      budgetOwner: scope.budget.owner,
      budgetPeriod: scope.budget.period,
    }),
  };
  return Object.entries(said).flatMap(([fact, values]): Leaf[] => {
    if (values === null || !way.some((leaf) => leaf.fact === fact)) return [];
    return [{ fact, params: {}, operator: "in", right: { kind: "literal", value: values, unit: "state" } }];
  });
}
