import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { eachDay } from "../../lib/domain/day.ts";
import { figure, message } from "../../lib/domain/figure.ts";
import type { AccountSnapshot, Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { type DecideInput, decide } from "../../lib/planner/decide.ts";
import { recheckChange } from "../../lib/planner/recheck.ts";
import { loadRuleset } from "../../lib/rules/files/load.ts";
import { META_MATURITY } from "../support/readings.ts";
import { roadsFiles } from "../support/roads.ts";
import {
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  anEmptyState,
  anInsight,
  aShopDay,
  aSnapshot,
  ROUND_AT_MS,
  ROUND_DAY,
} from "../support/snapshot.ts";

const BRAND_FILE = "rules/brands/atelier-lune.json";
const DAYS = eachDay("2026-02-04", "2026-03-10");

interface Delivering {
  id: string;
  campaignId: string;
  eurosADay: number;
  conversionsADay: number;
}

/** 200 EUR a day on Meta. */
const DELIVERING: readonly Delivering[] = [
  { id: "200", campaignId: "100", eurosADay: 50, conversionsADay: 3 },
  { id: "201", campaignId: "100", eurosADay: 50, conversionsADay: 0 },
  { id: "202", campaignId: "100", eurosADay: 49, conversionsADay: 1 },
  { id: "203", campaignId: "100", eurosADay: 1, conversionsADay: 0 },
  { id: "210", campaignId: "110", eurosADay: 34, conversionsADay: 1 },
  { id: "220", campaignId: "120", eurosADay: 16, conversionsADay: 0 },
];

/** 20 EUR a day on Google Ads: with them 77 % prospecting, 15 % retargeting, 7 % awareness, all inside their bands. */
const SEARCH: Delivering = { id: "300", campaignId: "300", eurosADay: 20, conversionsADay: 2 };

/** Google's accounts are read at campaign level; these counted by click. */
const GOOGLE_MATURITY = { google: [0.4, 0.6, 0.7, 0.78, 0.84, 0.89, 0.93, 0.96, 0.97, 0.98, 0.99] };

function rows(level: Insight["level"], entityId: string, of: readonly Delivering[]): Insight[] {
  const spendMicros = BigInt(of.reduce((sum, one) => sum + one.eurosADay, 0)) * 1_000_000n;
  const conversions = of.reduce((sum, one) => sum + one.conversionsADay, 0);
  return DAYS.map((day) =>
    anInsight({ level, entityId, day, spendMicros, conversions, impressions: 1000, clicks: 20 }),
  );
}

function aSearchAccount(): AccountSnapshot {
  const ref = { platform: "google", accountId: "2000000002" } as const;
  const budget = { period: "daily", amountMicros: 20_000_000n } as const;
  return aGoogleAccount({
    levels: ["account", "campaign"],
    entities: [aCampaign({ ...ref, id: "300", name: "PROS Search generic", budget, learning: "learned" })],
    insights: [...rows("account", ref.accountId, [SEARCH]), ...rows("campaign", "300", [SEARCH])],
  });
}

/** Shop revenue of 880 EUR a day against 220 spent on both platforms: a MER of 4. */
function aWholeSnapshot(revenueMicros = 880_000_000n): Snapshot {
  const budget = (euros: number) => ({ period: "daily" as const, amountMicros: BigInt(euros) * 1_000_000n });
  const campaigns = [
    aCampaign(),
    aCampaign({ id: "110", name: "RTG Visitors", budget: budget(34) }),
    aCampaign({ id: "120", name: "AWA Reach" }),
  ];
  const adGroups = DELIVERING.map(({ id, campaignId, eurosADay }) =>
    anAdGroup({
      id,
      parentId: campaignId,
      name: `Ad group ${id}`,
      budget: campaignId === "110" ? null : budget(eurosADay),
    }),
  );
  const insights = [
    ...rows("account", "1001", DELIVERING),
    ...campaigns.flatMap(({ id }) =>
      rows(
        "campaign",
        id,
        DELIVERING.filter((one) => one.campaignId === id),
      ),
    ),
    ...DELIVERING.flatMap((one) => rows("adGroup", one.id, [one])),
  ];
  const days = DAYS.map((day) => aShopDay({ day, revenueMicros, orders: 10, sessions: 500 }));
  return aSnapshot({
    accounts: [anAccount({ entities: [...campaigns, ...adGroups], insights }), aSearchAccount()],
    shop: { source: "csv revenue.csv", days },
  });
}

/** The example brand with its own file and pack, as they stand in the repository. */
function aDecision(snapshot: Snapshot): DecideInput {
  const brand = parseBrand(readFileSync(BRAND_FILE, "utf8"), BRAND_FILE);
  if (!brand.ok) throw new Error(JSON.stringify(brand.problems));
  const loaded = loadRuleset(roadsFiles(), brand.brand, ROUND_DAY);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return {
    brand: loaded.brand,
    ruleset: loaded.ruleset,
    snapshot,
    state: anEmptyState(),
    stops: [],
    rejections: [],
    former: null,
    nowMs: ROUND_AT_MS,
    engineVersion: "test",
    maturity: { ...META_MATURITY, ...GOOGLE_MATURITY },
    worstDayMultiples: { meta: 1.75, google: 2 },
    inputs: { brand: "1".repeat(64), rules: "2".repeat(64), snapshot: "3".repeat(64), state: "4".repeat(64) },
  };
}

/** The same rows in another order: from the end, then every `stride`-th of what is left. */
function shuffled<T>(rows: readonly T[], stride: number): T[] {
  const last = rows.toReversed().map((row, index) => ({ row, place: (index % stride) * 100_000 + index }));
  return last.sort((a, b) => a.place - b.place).map(({ row }) => row);
}

describe("lib/planner/decide", () => {
  it("makes the same plan, byte for byte, in whatever order the platform lists its rows", async () => {
    const whole = aWholeSnapshot();
    const told = canonicalJson(await decide(aDecision(whole)));
    for (const stride of [1, 7, 11]) {
      const accounts = whole.accounts.map((account) => ({
        ...account,
        entities: shuffled(account.entities, stride),
        insights: shuffled(account.insights, stride),
      }));
      expect(canonicalJson(await decide(aDecision({ ...whole, accounts })))).toBe(told);
    }
  });

  it("makes a night of the example brand: pauses what is dead, raises what is proven on each platform, tells the rest", async () => {
    const plan = await decide(aDecision(aWholeSnapshot()));
    expect(
      plan.changes.map(({ id, name, ruleId, outcome, edit }) => ({ id, name, ruleId, outcome, edit })),
    ).toEqual([
      {
        id: "atelier-lune-20260311-1",
        name: "Ad group 201",
        ruleId: "pause-no-conversion",
        outcome: "proposed",
        edit: { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n },
      },
      {
        id: "atelier-lune-20260311-2",
        name: "Ad group 200",
        ruleId: "raise-proven",
        outcome: "proposed",
        edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
      },
      {
        id: "atelier-lune-20260311-3",
        name: "PROS Search generic",
        ruleId: "raise-proven",
        outcome: "proposed",
        edit: { kind: "dailyBudget", fromMicros: 20_000_000n, toMicros: 24_000_000n },
      },
    ]);
    // 1.75 x 60 on Meta, 2 x 24 on Google Ads.
    expect(plan.changes.map((change) => change.worstCaseMicros)).toEqual([0n, 105_000_000n, 48_000_000n]);
    expect(
      plan.nearMisses.map((miss) => `${miss.subject.name}: ${miss.failing.map((one) => one.fact).join(" ")}`),
    ).toEqual(["Ad group 202: conversions cpaOkProbability", "RTG Visitors: conversions cpaOkProbability"]);
    expect(plan.tooSmall.map((miss) => `${miss.ruleId} ${miss.subject.name}`)).toEqual([
      "pause-no-conversion Ad group 203",
      "raise-proven Ad group 201",
      "raise-proven Ad group 203",
    ]);
    expect(plan.uncovered.map(({ name, spend }) => [name, spend.value])).toEqual([
      ["AWA Reach / Ad group 220", 112_000_000],
    ]);
    expect([plan.holds, plan.notices, plan.refused, plan.missing]).toEqual([[], [], null, []]);
    expect(plan.brandLine).toMatchObject({
      mer: { value: 4 },
      merFloor: { value: 3.571429 },
      merAlarm: { value: 2 },
      merBand: "healthy",
    });
    expect(plan.brandLine.stages.map(({ stage, sharePercent }) => [stage, sharePercent.value])).toEqual([
      ["awareness", 7.272727],
      ["prospecting", 77.272727],
      ["retargeting", 15.454545],
      ["brandSearch", 0],
      ["unmapped", 0],
    ]);
  });

  it("makes the same plan again, byte for byte", async () => {
    const [first, second] = await Promise.all([
      decide(aDecision(aWholeSnapshot())),
      decide(aDecision(aWholeSnapshot())),
    ]);
    expect(canonicalJson(second)).toBe(canonicalJson(first));
  });

  it("lets its changes go when nothing happened meanwhile", async () => {
    const input = aDecision(aWholeSnapshot());
    const plan = await decide(input);
    expect(
      plan.changes.map((change) => recheckChange({ change, plan, holder: null, newest: null, ...input })),
    ).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  });

  it("holds every raise on both platforms under the one MER floor and sounds the alarm under the alarm level, and still pauses", async () => {
    const under = await decide(aDecision(aWholeSnapshot(770_000_000n)));
    expect([
      under.holds.map((hold) => hold.because),
      under.notices,
      under.changes.map((change) => change.ruleId),
    ]).toEqual([["matched"], [], ["pause-no-conversion"]]);
    const alarm = await decide(aDecision(aWholeSnapshot(430_000_000n)));
    expect(alarm.notices.map((notice) => [notice.ruleId, notice.urgent])).toEqual([["alarm-mer", true]]);
  });

  it("holds both platforms by what both spend: Meta alone would be above its floor", async () => {
    // 770 / 200 is a MER of 3.85; with what Google Ads spends it is 3.5, under the floor of 3.57.
    const whole = aWholeSnapshot(770_000_000n);
    const [meta] = whole.accounts;
    if (meta === undefined) throw new Error("no account");
    const input = aDecision({ ...whole, accounts: [meta] });
    const metaOnly = {
      ...input.brand,
      accounts: input.brand.accounts.filter((one) => one.platform === "meta"),
    };
    const alone = await decide({ ...input, brand: metaOnly });
    const both = await decide(aDecision(whole));
    expect([alone, both].map((plan) => [plan.brandLine.mer.value, plan.holds.length])).toEqual([
      [3.85, 0],
      [3.5, 1],
    ]);
    expect([alone, both].map((plan) => plan.changes.map((change) => change.name))).toEqual([
      ["Ad group 201", "Ad group 200"],
      ["Ad group 201"],
    ]);
  });

  it.each([
    ["google", "google/2000000002"],
    ["meta", "meta/1001"],
  ])(
    "raises nothing on the other platform while %s is out of reach, and says what is unknown",
    async (platform, key) => {
      const whole = aWholeSnapshot();
      const reason = message("loop.accountFailed", { account: figure(key, "text") });
      const missing = whole.accounts
        .filter((account) => account.platform === platform)
        .map(({ accountId }) => ({ platform, accountId, reason }));
      const accounts = whole.accounts.filter((account) => account.platform !== platform);
      const plan = await decide(aDecision({ ...whole, accounts, missing }));
      expect(plan.changes.map((change) => change.ruleId)).toEqual(
        platform === "google" ? ["pause-no-conversion"] : [],
      );
      expect(plan.holds.map((hold) => [hold.ruleId, hold.because])).toEqual([["hold-under-floor", "noData"]]);
      expect([plan.brandLine.mer.value, plan.brandLine.spend.value, plan.brandLine.merBand]).toEqual([
        null,
        null,
        "unknown",
      ]);
      expect(plan.brandLine.stages.map(({ sharePercent }) => sharePercent.value)).toEqual([
        null,
        null,
        null,
        null,
        null,
      ]);
      expect(plan.missing).toEqual([message("missing.account", { account: figure(key, "text") }), reason]);
    },
  );

  it("raises nothing and holds for want of data without a shop", async () => {
    const plan = await decide(aDecision({ ...aWholeSnapshot(), shop: null }));
    expect(plan.holds.map((hold) => [hold.ruleId, hold.because])).toEqual([["hold-under-floor", "noData"]]);
    expect(plan.changes.map((change) => change.ruleId)).toEqual(["pause-no-conversion"]);
    expect(plan.missing.map((missing) => missing.key)).toEqual(["missing.shop"]);
  });
});
