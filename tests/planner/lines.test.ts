import { describe, expect, it } from "vitest";
import { aHold, anAskOf, aRaise, planOf } from "../support/plan.ts";
import { aCampaign, anAccount, anAdGroup } from "../support/snapshot.ts";

describe("lib/planner/brand-line", () => {
  it.each([
    [3.571429, "healthy"],
    [3.57, "growing"],
    [2, "growing"],
    [1.99, "alarm"],
    [null, "unknown"],
  ])("calls a MER of %s against floor 3.571429 and alarm 2 %s", (mer, band) => {
    expect(planOf({ brandFigures: { mer } }).brandLine.merBand).toBe(band);
  });

  it("knows no band without both levels", () => {
    const bands = [{ merFloor: null }, { merAlarm: null }].map(
      (brandFigures) => planOf({ brandFigures }).brandLine.merBand,
    );
    expect(bands).toEqual(["unknown", "unknown"]);
  });

  it("lists every stage against its band, and what no stage has as unmapped", () => {
    const { stages, spend, revenue } = planOf({}).brandLine;
    expect(
      stages.map(({ stage, spend, sharePercent, band }) => [stage, spend.value, sharePercent.value, band]),
    ).toEqual([
      ["awareness", 0, 0, [5, 10]],
      ["prospecting", 3_000_000_000, 75, [70, 80]],
      ["retargeting", 0, 0, [10, 20]],
      ["unmapped", 0, 25, null],
    ]);
    expect([spend.value, revenue.value, spend.from, spend.to]).toEqual([
      3_000_000_000,
      12_000_000_000,
      "2026-03-04",
      "2026-03-10",
    ]);
  });
});

describe("lib/planner/holder-lines", () => {
  it("shows each holder as it was found, over the evidence window", () => {
    const plan = planOf({ entities: { "201": { status: "paused" } }, figures: { "200": { cpa14d: null } } });
    expect(plan.holders).toHaveLength(10);
    expect(plan.holders[0]).toMatchObject({
      subject: {
        level: "budgetHolder",
        key: "meta/1001/adGroup/200",
        name: "Ad group 200",
        stage: "prospecting",
      },
      campaignName: "PROS Broad FR",
      owner: "adGroup",
      status: "active",
      learning: "learned",
      budgetMicros: 50_000_000n,
      period: "daily",
      targetCpa: { value: 35_000_000 },
      spend: { value: 600_000_000, from: "2026-02-25", to: "2026-03-10" },
      conversions: { value: 20 },
      cpa: { value: null },
    });
    expect(plan.holders[1]?.status).toBe("paused");
  });

  it("gives an ad group of a paused campaign the campaign's status", () => {
    expect(planOf({ campaign: { status: "paused" } }).holders[0]?.status).toBe("paused");
  });
});

describe("lib/planner/uncovered", () => {
  it("names holders in no money rule's scope that spent or may have, largest first", () => {
    const asks = [
      anAskOf(aRaise(), "200", { result: "notMatched" }),
      anAskOf(aHold(), "201", { result: "notMatched" }),
    ];
    const figures = Object.fromEntries(
      ["202", "203", "204", "205", "206", "207"].map((id) => [id, { spend7d: 0 }]),
    );
    const plan = planOf({
      asks,
      figures: { ...figures, "208": { spend7d: null }, "209": { spend7d: 400_000_000 } },
    });
    expect(plan.uncovered.map(({ name, level, spend }) => [name, level, spend.value])).toEqual([
      ["PROS Broad FR / Ad group 209", "adGroup", 400_000_000],
      ["PROS Broad FR / Ad group 201", "adGroup", 300_000_000],
      ["PROS Broad FR / Ad group 208", "adGroup", null],
    ]);
  });

  it("counts ad groups as covered by a rule over their campaign, and names campaigns by themselves", () => {
    const ref = { platform: "meta", accountId: "1001", level: "campaign" as const, id: "100" };
    const subject = {
      level: "campaign" as const,
      key: "meta/1001/campaign/100",
      name: "PROS Broad FR",
      ref,
      stage: "prospecting",
    };
    const asks = [{ rule: aRaise(), verdict: { subject, result: "notMatched" as const } }];
    const owner = aCampaign({
      id: "101",
      name: "Summer",
      budget: { period: "daily", amountMicros: 1_000_000n },
    });
    const snapshot = { accounts: [anAccount({ entities: [aCampaign(), anAdGroup(), owner] })] };
    const plan = planOf({ asks, snapshot, figures: { "101": { spend7d: 5_000_000 } } });
    expect(plan.uncovered.map(({ name, level }) => [name, level])).toEqual([["Summer", "campaign"]]);
  });
});

describe("lib/planner/settings", () => {
  it("lists every limit in force with its unit and source, then the MER levels", () => {
    const plan = planOf({ brand: { limits: { dailyFloorMicros: 20_000_000n } } });
    const line = (id: string) => plan.settings.find((one) => one.id === id);
    expect(plan.settings).toHaveLength(36);
    expect(line("stepPercentProposed")).toEqual({
      id: "stepPercentProposed",
      value: { value: 20, unit: "percent" },
      source: "default",
    });
    expect(line("dailyFloorMicros")?.value).toEqual({ value: 20_000_000, unit: "money" });
    expect(line("dailyCeilingMicros")?.value).toEqual({ value: null, unit: "money" });
    expect(line("nightFrom")?.value).toEqual({ value: "04:05", unit: "text" });
    expect(plan.settings.slice(-2)).toEqual([
      { id: "merFloor", value: { value: 3.571429, unit: "ratio" }, source: "meta/1001" },
      { id: "merAlarm", value: { value: 2, unit: "ratio" }, source: "meta/1001" },
    ]);
  });
});
