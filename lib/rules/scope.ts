/** Whom a rule looks at. Out of scope is not "not matched": such subjects get no verdict. */

import type { BudgetHolder } from "../domain/holder.ts";
import { matchesHolder, touchesHolder } from "../domain/match.ts";
import { matcherOf, namesAnything } from "../domain/matcher-shape.ts";
import { unknownWord } from "../domain/shape.ts";
import type { Subject } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import type { RuleContext } from "./context.ts";
import type { ScopeFile } from "./schema.ts";
import { EVERYBODY, type Scope } from "./types.ts";

/** Keys that mean something at each level; others would silently select nothing or everything. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  brand: ["level"],
  account: ["level", "platforms", "accounts"],
};

/** The scope of a rule, complaining about keys without meaning at its level and stages that no brand has. */
export function checkScope(context: RuleContext, written: ScopeFile, movesMoney: boolean): Scope {
  const allowed = KEYS[context.level];
  for (const key of Object.keys(written).filter((one) => allowed !== undefined && !allowed.includes(one))) {
    const fix = `remove ${key}: it means nothing at the level ${context.level}`;
    context.complain(["appliesTo", key], { code: "notAllowed", allowed: allowed?.join(", ") ?? "", fix });
  }
  for (const [index, stage] of (written.stages ?? []).entries()) {
    if (context.stages.includes(stage)) continue;
    context.complain(["appliesTo", "stages", index], unknownWord("unknownStage", stage, context.stages));
  }
  if (written.except !== undefined && !namesAnything(written.except)) {
    const complaint = {
      code: "emptyList",
      allowed: "whom the rule leaves alone",
      fix: "fill except or remove it",
    };
    context.complain(["appliesTo", "except"], complaint);
  }
  return {
    level: context.level,
    platforms: written.platforms ?? null,
    accounts: written.accounts ?? null,
    stages: written.stages ?? null,
    status: written.status ?? ["active"],
    budget: {
      owner: written.budget?.owner ?? null,
      period: written.budget?.period ?? (movesMoney ? ["daily"] : ["daily", "lifetime"]),
    },
    match: matcherOf(written),
    groups: null,
    except: written.except === undefined ? null : { ...EVERYBODY, match: matcherOf(written.except) },
  };
}

/** True when the rule gives a verdict on the subject. `subject` is one of `facts.subjects(scope.level)`. */
export function inScope(scope: Scope, subject: Subject, facts: Facts): boolean {
  if (subject.level !== scope.level) return false;
  if (scope.level === "brand") return true;
  const [platform = "", account = ""] = subject.key.split("/");
  if (!isAmong(scope.platforms, platform) || !isAmong(scope.accounts, account)) return false;
  if (scope.level === "account") return true;
  const holder = facts.holder(subject.key);
  return holder !== null && isAmong(scope.stages, subject.stage) && fitsHolder(scope, holder);
}

/** A shared budget is in scope when all its campaigns are, and out of it as soon as one is excepted. */
function fitsHolder(scope: Scope, holder: BudgetHolder): boolean {
  return (
    isAmong(scope.status, holder.status) &&
    isAmong(scope.budget.owner, holder.owner) &&
    isAmong(scope.budget.period, holder.budget.period) &&
    matchesHolder(scope.match, holder) &&
    !(scope.except !== null && touchesHolder(scope.except.match, holder))
  );
}

function isAmong(list: readonly string[] | null, value: string | null): boolean {
  return list === null || (value !== null && list.includes(value));
}
