/** Conditions on facts of every kind that parameters differ by, beside the catalogue's own. */
import type { Brand } from "../../lib/domain/brand.ts";
import type { FactDefinition } from "../../lib/metrics/port.ts";
import { loadRuleset } from "../../lib/rules/files/load.ts";
import { aRuleFile, type Json, packFiles } from "./rule.ts";
import { aBrand, ROUND_DAY } from "./snapshot.ts";

const LEVELS = ["brand", "account", "budgetHolder", "campaign", "adGroup", "ad"] as const;

function aFact(id: string, given: Partial<FactDefinition> = {}): FactDefinition {
  const words = { label: { en: id, fr: id }, doc: "A fact.", source: "a test" };
  return {
    ...words,
    id,
    unit: "count",
    kind: "metric",
    levels: LEVELS,
    params: ["of", "per", "minSettledPercent"],
    goodSide: null,
    ...given,
  };
}

const RATIO = { unit: "ratio", goodSide: "high", params: ["of", "conversion", "attribution"] } as const;
const RANK = { ranked: true, params: ["by", "within", "order", "of", "conversion"] } as const;

/** One fact of every kind that parameters differ by. */
const CATALOGUE: readonly FactDefinition[] = [
  aFact("clicks", { additive: true }),
  aFact("roas", RATIO),
  aFact("claimedValue", { unit: "ratio", params: ["conversion"] }),
  aFact("mer", { unit: "ratio", about: "brand", params: ["customers", "against"] }),
  aFact("place", RANK),
  aFact("people", { windows: ["7d", "28d", "lifetime"], params: [] }),
  aFact("memberSharePercent", { unit: "percent", about: "brand", params: ["group", "member", "basis"] }),
  aFact("daysTo", { kind: "state", unit: "days", params: ["event"] }),
];

const META = { platform: "meta", accountId: "1", attribution: "asSet" };
export const BRAND: Partial<Brand> = {
  accounts: [
    {
      ...META,
      conversions: ["omni_purchase"],
      conversion: "purchase",
      named: { purchase: ["omni_purchase"], appInstall: ["mobile_app_install"] },
    },
  ],
  calendar: { "black-friday": [{ from: "2026-11-27", to: "2026-11-30" }] },
  groups: { tier: [{ name: "proven", match: { labels: ["proven"] } }] },
};

export function load(leaf: Json, rule: Json = {}, brand: Partial<Brand> = {}) {
  const conditions = { all: [{ operator: "greaterThan", value: 1, ...leaf }] };
  const file = aRuleFile({ conditions, ...rule });
  return loadRuleset(packFiles(file), aBrand({ ...BRAND, parameters: {}, ...brand }), ROUND_DAY, CATALOGUE);
}

export const clicks = (params: Json): Json => ({ fact: "clicks", params: { window: "7d", ...params } });
export const roas = (params: Json): Json => ({ fact: "roas", params: { window: "7d", ...params } });
export const rank = (params: Json): Json => ({
  fact: "place",
  params: { window: "7d", by: "roas", ...params },
});
export const against = (base: string): Json => ({ fact: "mer", params: { window: "28d", against: base } });
