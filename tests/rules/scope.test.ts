import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import type { Entity } from "../../lib/domain/entity.ts";
import type { Level } from "../../lib/domain/ids.ts";
import { createFacts } from "../../lib/metrics/index.ts";
import { exclusionsOf } from "../../lib/rules/explain/scope.ts";
import { inScope } from "../../lib/rules/judge/scope.ts";
import { aRuleFile, type Json, loaded } from "../support/rule.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSharedBudget,
  aSnapshot,
} from "../support/snapshot.ts";

const BRAND: Partial<Brand> = {
  groups: {
    tier: [
      { name: "test", match: { campaigns: ["*TEST*"] } },
      { name: "proven", match: { labels: ["proven"] } },
    ],
  },
};

const anAd = (id: string, parentId: string): Entity => ({
  ...anAdGroup({ id, parentId, name: `Ad ${id}`, budget: null }),
  level: "ad",
});

/** Two campaigns with an ad group and an ad each, and two more on one shared budget. */
const ACCOUNT = anAccount({
  entities: [
    aCampaign({ id: "1", name: "PROS | TEST" }),
    anAdGroup({ id: "11", parentId: "1", name: "Broad" }),
    anAd("111", "11"),
    aCampaign({
      id: "2",
      name: "RTG | Shop",
      status: "paused",
      labels: ["proven"],
      objective: "OUTCOME_SALES",
    }),
    anAdGroup({ id: "21", parentId: "2", name: "Baskets" }),
    anAd("211", "21"),
    aCampaign({ id: "3", name: "PROS | A", labels: ["proven"] }),
    aCampaign({ id: "4", name: "PROS | TEST | B" }),
  ],
  sharedBudgets: [aSharedBudget({ id: "9", name: "Shared", campaignIds: ["3", "4"] })],
});

const facts = createFacts({
  brand: aBrand(BRAND),
  snapshot: aSnapshot({ accounts: [ACCOUNT] }),
  state: anEmptyState(),
  maturity: { meta: [1] },
});

function meant(level: Level, appliesTo: Json): string[] {
  const money = level !== "account" && level !== "ad";
  const action = money ? { type: "raiseBudget", percent: 5 } : { type: "notify" };
  const [rule] = loaded([aRuleFile({ action, appliesTo: { level, ...appliesTo } })], aBrand(BRAND)).rules;
  if (rule === undefined) throw new Error("no rule");
  const { appliesTo: scope } = rule;
  return facts.subjects(level).flatMap((subject) => {
    const isMeant = inScope(scope, subject, facts);
    expect([subject.key, exclusionsOf(scope, subject, facts).length === 0]).toEqual([subject.key, isMeant]);
    return isMeant ? [subject.key.replace("meta/1001/", "")] : [];
  });
}

const BOTH = { status: ["active", "paused"] };

describe("lib/rules/scope", () => {
  it.each<[Level, Json, string[]]>([
    ["campaign", {}, ["campaign/1", "campaign/3", "campaign/4"]],
    ["campaign", { status: ["paused"] }, ["campaign/2"]],
    ["campaign", { ...BOTH, groups: { tier: ["proven"] } }, ["campaign/2", "campaign/3"]],
    ["campaign", { ...BOTH, except: { groups: { tier: ["proven"] } } }, ["campaign/1", "campaign/4"]],
    ["campaign", { ...BOTH, stages: ["retargeting"] }, ["campaign/2"]],
    ["campaign", { names: ["pros*"], except: { names: ["*| b"] } }, ["campaign/1", "campaign/3"]],
    ["campaign", { platforms: ["google"] }, []],
    ["adGroup", {}, ["adGroup/11"]],
    ["adGroup", BOTH, ["adGroup/11", "adGroup/21"]],
    ["adGroup", { ...BOTH, objectives: ["OUTCOME_SALES"], labels: ["proven"] }, ["adGroup/21"]],
    ["adGroup", { ...BOTH, except: { campaigns: ["*TEST"] } }, ["adGroup/21"]],
    ["ad", {}, ["ad/111"]],
    ["ad", { ...BOTH, ids: ["211"] }, ["ad/211"]],
    ["ad", { ...BOTH, groups: { tier: ["test"] } }, ["ad/111"]],
    ["budgetHolder", { names: ["Shared"] }, ["sharedBudget/9"]],
    ["budgetHolder", { names: ["Shared"], groups: { tier: ["proven"] } }, []],
    ["budgetHolder", { names: ["Shared"], except: { groups: { tier: ["test"] } } }, []],
    ["budgetHolder", { names: ["Shared"], except: { stages: ["retargeting"] } }, ["sharedBudget/9"]],
    ["budgetHolder", { names: ["Shared"], except: { stages: ["prospecting"] } }, []],
    ["budgetHolder", { names: ["Shared"], except: { budget: { owner: ["shared"] } } }, []],
    ["budgetHolder", { names: ["Shared"], except: { platforms: ["google"] } }, ["sharedBudget/9"]],
    [
      "budgetHolder",
      { names: ["Shared"], except: { labels: ["proven"], groups: { tier: ["test"] } } },
      ["sharedBudget/9"],
    ],
    ["account", {}, ["meta/1001"]],
    ["account", { except: { accounts: ["1001"] } }, []],
    ["account", { except: { platforms: ["google"] } }, ["meta/1001"]],
  ])("means on the level %s with %j, and tells of all others why not", (level, appliesTo, keys) => {
    expect(meant(level, appliesTo)).toEqual(keys);
  });
});
