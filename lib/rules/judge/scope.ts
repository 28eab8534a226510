/** Whom a rule looks at. Out of scope is not "not matched": such subjects get no verdict. */

import type { Entity } from "../../domain/entity.ts";
import type { BudgetHolder } from "../../domain/holder.ts";
import { entityKey, type Level } from "../../domain/ids.ts";
import { matches, matchesHolder, STAGE_GROUP, touchesHolder } from "../../domain/match.ts";
import { matcherOf } from "../../domain/matcher-shape.ts";
import { unknownWord } from "../../domain/shape.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { movesMoney } from "../files/action.ts";
import { memberNames } from "../files/action-groups.ts";
import type { RuleContext } from "../files/context.ts";
import type { ScopeFile, SelectionFile } from "../files/schema-scope.ts";
import type { Action, Scope, Selection } from "../types.ts";

const ENTITY_KEYS = [
  "platforms",
  "accounts",
  "stages",
  "groups",
  "campaigns",
  "names",
  "labels",
  "ids",
  "objectives",
  "status",
];

/** Keys that mean something at each level; others would silently select nothing or everything. */
const KEYS: Readonly<Record<Level, readonly string[]>> = {
  brand: [],
  account: ["platforms", "accounts"],
  budgetHolder: [...ENTITY_KEYS, "budget"],
  campaign: ENTITY_KEYS,
  adGroup: ENTITY_KEYS,
  ad: ENTITY_KEYS,
};

type Path = readonly (string | number)[];

/** The scope of a rule, complaining about keys without meaning at its level and about words that the brand does not have. */
export function checkScope(context: RuleContext, written: ScopeFile, action: Action["type"]): Scope {
  const { level } = context;
  const { except, level: _, ...selection } = written;
  checkKeys(context, selection, ["appliesTo"]);
  if (except !== undefined) {
    if (level === "brand") {
      const fix = "remove except: it means nothing at the level brand";
      context.complain(["appliesTo", "except"], { code: "notAllowed", allowed: "level", fix });
    } else checkKeys(context, except, ["appliesTo", "except"]);
    if (Object.values(except).every((one) => one === undefined)) {
      const fix = "fill except or remove it";
      context.complain(["appliesTo", "except"], {
        code: "emptyList",
        allowed: "whom the rule leaves alone",
        fix,
      });
    }
  }
  if (action === "resume" && written.status?.includes("paused") === false) {
    const fix = "remove status: what is to be turned on again is paused";
    context.complain(["appliesTo", "status"], { code: "notAllowed", allowed: '["paused"]', fix });
  }
  const wanted = selectionOf(selection);
  return {
    ...wanted,
    level,
    status: wanted.status ?? [action === "resume" ? "paused" : "active"],
    budget: {
      owner: wanted.budget.owner,
      period: wanted.budget.period ?? (movesMoney(action) ? ["daily"] : ["daily", "lifetime"]),
    },
    except: except === undefined ? null : selectionOf(except),
  };
}

function checkKeys(context: RuleContext, written: SelectionFile, path: Path): void {
  const known = KEYS[context.level];
  const given = Object.entries(written).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  for (const key of given.filter((one) => !known.includes(one))) {
    const fix = `remove ${key}: it means nothing at the level ${context.level}`;
    const allowed = path.length > 1 ? known.join(", ") : ["level", ...known].join(", ");
    context.complain([...path, key], { code: "notAllowed", allowed, fix });
  }
  for (const [index, stage] of (written.stages ?? []).entries()) {
    if (context.stages.includes(stage)) continue;
    context.complain([...path, "stages", index], unknownWord("unknownStage", stage, context.stages));
  }
  const groups = Object.entries(written.groups ?? {});
  if (written.groups !== undefined && groups.length === 0) {
    const fix = "name a group, or remove groups";
    context.complain([...path, "groups"], { code: "emptyList", allowed: "at least one group", fix });
  }
  for (const [group, members] of groups) checkMembers(context, group, members, [...path, "groups", group]);
  if (written.budget !== undefined && Object.values(written.budget).every((one) => one === undefined)) {
    const fix = "add owner or period, or remove budget";
    context.complain([...path, "budget"], { code: "emptyList", allowed: "owner or period", fix });
  }
}

function checkMembers(context: RuleContext, group: string, members: readonly string[], path: Path): void {
  if (group === STAGE_GROUP) {
    const fix = "write stages: the funnel's stages have a key of their own";
    context.complain(path, { code: "notAllowed", allowed: "groups besides the stages", fix });
    return;
  }
  const names = memberNames(context, group, context.brand, path);
  for (const [index, member] of members.entries()) {
    if (names === null || names.includes(member)) continue;
    context.complain([...path, index], unknownWord("unknownMember", member, names));
  }
}

function selectionOf(written: SelectionFile): Selection {
  return {
    platforms: written.platforms ?? null,
    accounts: written.accounts ?? null,
    stages: written.stages ?? null,
    groups: written.groups ?? null,
    status: written.status ?? null,
    budget: { owner: written.budget?.owner ?? null, period: written.budget?.period ?? null },
    match: matcherOf(written),
  };
}

/** What scopes ask of a snapshot. */
export type ScopeFacts = Pick<Facts, "holder" | "entity" | "memberOf">;

/** True when the rule gives a verdict on the subject. `subject` is one of `facts.subjects(scope.level)`. */
export function inScope(scope: Scope, subject: Subject, facts: ScopeFacts): boolean {
  if (subject.level !== scope.level) return false;
  if (scope.level === "brand") return true;
  const { except } = scope;
  if (!isInAccounts(scope, subject)) return false;
  if (scope.level === "account") return except === null || !isInAccounts(except, subject);
  if (scope.level === "budgetHolder") {
    const holder = facts.holder(subject.key);
    return (
      holder !== null &&
      fitsHolder(scope, subject, holder, facts) &&
      !(except !== null && isInAccounts(except, subject) && touches(except, holder, facts))
    );
  }
  const found = facts.entity(subject);
  return (
    found !== null &&
    fitsEntity(scope, subject, found, facts) &&
    !(except !== null && isInAccounts(except, subject) && fitsEntity(except, subject, found, facts))
  );
}

function isInAccounts({ platforms, accounts }: Selection, { key }: Subject): boolean {
  if (platforms === null && accounts === null) return true;
  const [platform = "", account = ""] = key.split("/");
  return isAmong(platforms, platform) && isAmong(accounts, account);
}

/** A shared budget is in scope when all its campaigns are. */
function fitsHolder(scope: Selection, subject: Subject, holder: BudgetHolder, facts: ScopeFacts): boolean {
  return (
    isAmong(scope.stages, subject.stage) &&
    fitsBudget(scope, holder) &&
    isInGroups(scope, subject, facts) &&
    matchesHolder(scope.match, holder)
  );
}

/** It is out of it as soon as one of them is excepted. */
function touches(except: Selection, holder: BudgetHolder, facts: ScopeFacts): boolean {
  const { stages, match } = except;
  const isMeant = (campaign: Entity): boolean => {
    const subject = subjectOf(campaign);
    const stage = stages === null ? null : facts.memberOf(subject, STAGE_GROUP);
    return isAmong(stages, stage) && isInGroups(except, subject, facts);
  };
  return fitsBudget(except, holder) && touchesHolder(match, holder, isMeant);
}

function fitsBudget({ status, budget }: Selection, holder: BudgetHolder): boolean {
  return (
    isAmong(status, holder.status) &&
    isAmong(budget.owner, holder.owner) &&
    isAmong(budget.period, holder.budget.period)
  );
}

function fitsEntity(
  scope: Selection,
  subject: Subject,
  { self, campaign }: { self: Entity; campaign: Entity | null },
  facts: ScopeFacts,
): boolean {
  return (
    isAmong(scope.stages, subject.stage) &&
    isAmong(scope.status, deliveryOf(self, campaign)) &&
    isInGroups(scope, subject, facts) &&
    matches(scope.match, campaign, self)
  );
}

/** Nothing under a paused campaign delivers. */
export function deliveryOf(self: Entity, campaign: Entity | null): Entity["status"] {
  return campaign === null || campaign.status === "active" ? self.status : campaign.status;
}

function isInGroups({ groups }: Selection, subject: Subject, facts: ScopeFacts): boolean {
  if (groups === null) return true;
  return Object.entries(groups).every(([group, members]) => isAmong(members, facts.memberOf(subject, group)));
}

function subjectOf(campaign: Entity): Subject {
  const { platform, accountId, id, name } = campaign;
  const ref = { platform, accountId, level: "campaign", id } as const;
  return { level: "campaign", key: entityKey(ref), name, ref, stage: null };
}

function isAmong(list: readonly string[] | null, value: string | null): boolean {
  return list === null || (value !== null && list.includes(value));
}
