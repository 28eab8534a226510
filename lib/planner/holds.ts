/** Which holds are in force tonight, and whom they keep from moving. */
import type { Brand } from "../domain/brand.ts";
import type { Day } from "../domain/day.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import { stagesOfHolder } from "../domain/match.ts";
import type { ActiveHold } from "../domain/plan.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Result, Subject, Verdict } from "../domain/verdict.ts";
import type { Blocked, HoldScope, Rule } from "../rules/types.ts";
import { compareText, ruleKey } from "./draft.ts";
import { holdUntil, subjectKey } from "./memory.ts";
import { rolloutMode } from "./watched.ts";

const BRAND = "brand";
const STAGE = "stage:";
const ACCOUNT = "account ";

/** A hold that a verdict asks for tonight. */
export interface AskedHold {
  rule: Rule;
  verdict: Verdict;
  blocks: readonly Blocked[];
  scope: HoldScope;
}

/**
 * One per rule and whom it holds, what matched before what had no data; with those that are meant to last beyond a night in which
 * they match no more, which keep back all that they name. Rules in shadow hold nothing.
 */
export function holdsInForce(
  asked: readonly AskedHold[],
  rules: readonly Rule[],
  { state, day }: { state: BrandState; day: Day },
): ActiveHold[] {
  const holds = new Map<string, ActiveHold>();
  const put = (rule: Rule, hold: ActiveHold): void => {
    const key = `${ruleKey(rule)} ${hold.scope}`;
    const known = holds.get(key);
    if (known === undefined || (known.because !== "matched" && hold.because === "matched")) {
      holds.set(key, hold);
    }
  };
  const hold = (rule: Rule, scope: string, because: Result, blocks: readonly Blocked[]): ActiveHold => {
    const until = holdUntil(state.memory, rule, { what: scope, day, matched: because === "matched" });
    const lasting = until !== null && rule.action.type === "hold" ? rule.action.blocks : blocks;
    const from = { ruleId: rule.id, pack: rule.pack };
    return { ...from, blocks: [...lasting], scope, because, until, evidence: [] };
  };
  for (const { rule, verdict, blocks, scope } of asked) {
    if (rolloutMode(rule, state) === "shadow") continue;
    const { evidence } = verdict;
    put(rule, { ...hold(rule, scopeText(scope, verdict.subject), verdict.result, blocks), evidence });
  }
  for (const rule of rules) {
    if (rolloutMode(rule, state) === "shadow") continue;
    for (const scope of Object.keys(state.memory.holds[rule.id] ?? {})) {
      const lasting = hold(rule, scope, "notMatched", []);
      if (lasting.until !== null && !holds.has(`${ruleKey(rule)} ${scope}`)) put(rule, lasting);
    }
  }
  return [...holds.values()].sort(
    (a, b) =>
      compareText(ruleKey({ pack: a.pack, id: a.ruleId }), ruleKey({ pack: b.pack, id: b.ruleId })) ||
      compareText(a.scope, b.scope),
  );
}

/** `brand`, `stage:cold`, or the account or entity by level and key. What a rule on the brand calls its own is the brand. */
function scopeText(scope: HoldScope, subject: Subject): string {
  if (scope.kind === "stage") return `${STAGE}${scope.stage}`;
  if (scope.kind === "brand" || subject.level === "brand") return BRAND;
  if (scope.kind === "self") return subjectKey(subject);
  const [platform = "", accountId = ""] = subject.key.split("/");
  return `${ACCOUNT}${accountKey({ platform, accountId })}`;
}

/** Whether the hold keeps this holder: in doubt, and where it feeds only part of what is held, it does. */
export function holdsHolder(
  { scope }: Pick<ActiveHold, "scope">,
  holder: BudgetHolder,
  { brand, snapshot }: { brand: Brand; snapshot: Snapshot },
): boolean {
  if (scope === BRAND) return true;
  if (scope.startsWith(STAGE)) {
    const fed = stagesOfHolder(brand.stages, holder);
    return holder.unclearFeeds.length > 0 || fed.includes(scope.slice(STAGE.length));
  }
  const key = scope.slice(scope.indexOf(" ") + 1);
  const account = accountKey(holder.ref);
  if (key === account) return true;
  if (!key.startsWith(`${account}/`)) return false;
  const parts = [holder.key, ...holder.campaigns.map((campaign) => entityKey(campaign))];
  const owner = snapshot.accounts.find((one) => accountKey(one) === account);
  return parts.includes(key) || (owner !== undefined && isBelow(key, holder, owner));
}

/** An ad group or an ad that spends the holder's money. */
function isBelow(key: string, holder: BudgetHolder, { entities }: AccountSnapshot): boolean {
  const entity = entities.find((one) => entityKey(one) === key);
  const parents = new Set<string | null>(holder.feeds.map(({ id }) => id));
  if (entity === undefined || entity.parentId === null) return false;
  if (parents.has(entity.parentId)) return true;
  const parent = entities.find(({ level, id }) => level === "adGroup" && id === entity.parentId);
  return entity.level === "ad" && parents.has(parent?.parentId ?? "");
}
