import type { KnownFact } from "../../files/context.ts";
import { type Check, eachRule } from "../check.ts";
import { leavesIn } from "../located.ts";
import { type FigureName, namesIn } from "../ranges/figures.ts";

export const claimsAdded: Check = {
  code: "claimsAdded",
  severity: "warning",
  doc: "Conversions of several platforms are added up, and each platform claims sales that another one claims as well: the sum counts them twice. What the brand earned for what it spent is its `mer`, from the shop's own orders. A brand on one platform adds nothing up.",
  bad: [
    {
      conditions: { all: [{ fact: "roas", params: { window: "28d" }, operator: "lessThan", value: 2 }] },
      action: { type: "notify" },
      appliesTo: { level: "brand" },
    },
  ],
  good: [
    {
      conditions: { all: [{ fact: "mer", params: { window: "28d" }, operator: "lessThan", value: 2 }] },
      action: { type: "notify" },
      appliesTo: { level: "brand" },
    },
    {
      id: "beside-its-platform",
      conditions: {
        all: [
          { fact: "cpa", params: { window: "28d" }, operator: "greaterThan", value: 60 },
          {
            fact: "cpa",
            params: { window: "28d" },
            operator: "greaterThan",
            value: { fact: "cpa", params: { window: "28d", of: "platform", times: 1.5 } },
          },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, { brand, facts }) => {
    const platforms = [...new Set(brand.accounts.map(({ platform }) => platform))];
    if (platforms.length < 2) return [];
    const ofBrand = rule.rule.appliesTo.level === "brand";
    const isSum = (name: FigureName) =>
      (ofBrand || name.params.of === "brand") && isClaimed(facts.get(name.fact));
    return leavesIn(rule.root)
      .filter(({ leaf }) => namesIn(leaf).some(isSum))
      .map(({ path }) => ({
        rule,
        path,
        allowed: `conversions of one platform: ${platforms.join(" and ")} claim the same sales`,
        fix: 'write mer (or orders), or "of": "platform"',
      }));
  }),
};

function isClaimed(fact: KnownFact | undefined): boolean {
  return fact?.counts === "conversions" && fact.about !== "brand";
}
