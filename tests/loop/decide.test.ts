import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { BrandConfig } from "../../lib/loop/ports.ts";
import { storeSnapshot } from "../../lib/loop/snapshots.ts";
import { decideRound, makePlan } from "../../lib/loop/steps/decide.ts";
import {
  aLog,
  aProposal,
  appendAll,
  BRAND,
  planned,
  ROUND_ID,
  roundStarted,
  snapshotSealed,
} from "../support/log.ts";
import { aLoop } from "../support/loop.ts";
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
  it("records what the night leaves in the entry of its plan, and reads what the night before listed", async () => {
    const log = aLog();
    const { ports } = await aLoop();
    const { accounts, ...rest } = SNAPSHOT;
    const hashes = await Promise.all(accounts.map((account) => ports.blobs.put(canonicalJson(account))));
    const snapshotHash = await storeSnapshot(ports.blobs, rest, hashes);
    const before = { roundId: "atelier-lune/2026-03-10/night", day: "2026-03-10" };
    const planHash = await ports.blobs.put(
      canonicalJson({ holders: [{ subject: { key: "meta/1001/adGroup/9" } }] }),
    );
    await appendAll(log, [
      [roundStarted(before), snapshotSealed({ roundId: before.roundId })],
      [planned({ roundId: before.roundId, planHash, proposed: [] })],
      [roundStarted(), snapshotSealed({ snapshotHash })],
    ]);
    const rule = { ...RULE, nightsInARow: 3 };
    const config = { ...CONFIG, ruleset: { ...CONFIG.ruleset, rules: [rule] } };
    await decideRound({ ...ports, log }, config, ROUND_ID);
    const entries = await log.entries(BRAND);
    expect(entries.at(-1)?.events.map(({ type }) => type)).toEqual(["planned", "rulesRemembered"]);
    const { memory, rounds } = await log.state(BRAND);
    expect(memory.streaks).toEqual({
      [rule.hash]: { [`budgetHolder ${KEY}`]: { nights: 1, blind: 0, day: "2026-03-11" } },
    });
    expect(memory.scopes).toEqual({ [rule.hash]: 1 });
    const plan = JSON.parse(await ports.blobs.get(rounds[ROUND_ID]?.planHash ?? ""));
    expect(plan.newcomers).toMatchObject([{ subject: { key: KEY }, rules: ["raise-proven"] }]);
  });

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
