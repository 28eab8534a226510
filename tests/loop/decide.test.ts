import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { BrandConfig } from "../../lib/loop/ports.ts";
import { makePlan } from "../../lib/loop/steps/decide.ts";
import { aProposal } from "../support/log.ts";
import { aLeaf, anIntent, aRaise } from "../support/plan.ts";
import { aFigure } from "../support/plan-facts.ts";
import { aPlannedChange } from "../support/plan-view.ts";
import { dailyRows, repeat } from "../support/readings.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSnapshot,
  ROUND_AT_MS,
} from "../support/snapshot.ts";

const KEY = "meta/1001/adGroup/200";
const RULE = aRaise(20, {
  condition: {
    kind: "leaf",
    leaf: {
      fact: "conversions",
      params: { window: "14d" },
      operator: "greaterThanInclusive",
      right: { kind: "literal", value: 15, unit: "count" },
    },
  },
});
const CONFIG: BrandConfig = {
  brand: aBrand(),
  ruleset: { rules: [RULE], hash: "c".repeat(64) },
  source: { brandFile: "brand.json", brandText: "{}", ruleFiles: [] },
};
/** 28 conversions in 14 days. */
const insights = dailyRows(repeat(14, { spendMicros: 40_000_000n, conversions: 2 }));
const SNAPSHOT = aSnapshot({ accounts: [anAccount({ entities: [aCampaign(), anAdGroup()], insights })] });

/** The notes on the raise of ad group 200, which lea rejected the day before on so many conversions. */
async function notes(conversions: number, given: { origin?: string; blob?: (plan: object) => string } = {}) {
  const target = { platform: "meta", accountId: "1001", level: "adGroup" as const, id: "200" };
  const { change } = anIntent({ change: { id: "no", holderKey: KEY, target } });
  const evidence = [aLeaf({ value: aFigure(conversions, "count", "14d") })];
  // A plan of an earlier version, of which only the evidence is understood.
  const asked = { id: "planned", evidence, edit: aPlannedChange("200", "x").edit, wanted: "otherwise" };
  const blob = (given.blob ?? canonicalJson)({ changes: [{ id: "another", evidence: [] }, asked] });
  const proposal = aProposal({
    ...{ change, origin: given.origin ?? "planned", planHash: sha256(blob), status: "rejected" },
    ...{ decidedBy: "lea", decidedAtMs: ROUND_AT_MS - 86_400_000 },
  });
  const read: string[] = [];
  const plan: Plan = await makePlan(
    {
      stops: async () => [],
      engineVersion: "test",
      clock: { nowMs: async () => ROUND_AT_MS },
      blobs: {
        get: async (hash) => {
          read.push(hash);
          return blob;
        },
      },
    },
    CONFIG,
    SNAPSHOT,
    "3".repeat(64),
    anEmptyState({ proposals: { no: proposal } }),
  );
  expect(read).toEqual([sha256(blob)]);
  return plan.changes.map((one) => one.notes.map(({ guardrail }) => guardrail)[0]);
}

describe("lib/loop/steps/decide", () => {
  it("compares the evidence of a rejected change with that of the plan that proposed it", async () => {
    expect([await notes(27), await notes(28), await notes(20)]).toEqual([
      ["rejected"],
      ["rejected"],
      [expect.not.stringMatching("rejected")],
    ]);
  });

  it("takes nothing for moved where that plan does not know the change", async () => {
    expect(await notes(20, { origin: "forgotten" })).toEqual(["rejected"]);
  });

  it("makes no plan without the one that was rejected", async () => {
    await expect(notes(20, { blob: () => "not a plan" })).rejects.toThrow();
  });
});
