import { describe, expect, it } from "vitest";
import {
  aCut,
  anIntent,
  aPause,
  aRaise,
  aRule,
  changeOf,
  HOLDERS,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";

const raises = (...holders: string[]) => holders.map((holder) => ({ rule: aRaise(), holder }));
const pauses = (...holders: string[]) => holders.map((holder) => ({ rule: aPause(), holder }));

/** Ad groups of 50 EUR, all ten active: 500 EUR a day, of which 50 may be added in a night. */
describe("lib/planner/guardrails: the whole plan", () => {
  it("gives the night's allowance to the strongest evidence first and clamps the last", () => {
    const figures = {
      "200": { cpaOkProbability14d: 0.86 },
      "201": { cpaOkProbability14d: 0.99 },
      "202": { cpaOkProbability14d: 0.9 },
    };
    const plan = planOf({
      asks: raises("200", "201", "202"),
      figures,
      brand: { limits: { nightlyRaisePercent: 5 } },
    });
    expect(plan.changes.map((change) => `${change.target.id} ${told(change)}`)).toEqual([
      "201 proposed 60",
      "202 proposed 60",
      "200 proposed 55 nightlyRaises.clamped",
    ]);
    expect(noteOf(changeOf(plan, "200"), "nightlyRaises")).toEqual({
      allowance: 25_000_000,
      used: 20_000_000,
      limit: 5,
      from: 50_000_000,
      value: 60_000_000,
      to: 55_000_000,
    });
  });

  it("blocks a raise for which nothing of the allowance is left", () => {
    const plan = planOf({ asks: raises("200", "201"), brand: { limits: { nightlyRaisePercent: 2 } } });
    expect(plan.changes.map(told)).toEqual(["proposed 60", "blocked 60 nightlyRaises.blocked"]);
  });

  it("keeps what a raise under the tolerance would have taken for the next", () => {
    const wide = aRule({
      type: "raiseBudget",
      by: { kind: "amount", micros: 10_000_000n },
      ceilingMicros: null,
    });
    const entities = { "201": { budget: { period: "daily" as const, amountMicros: 200_000_000n } } };
    const figures = { "200": { cpaOkProbability14d: 0.99 }, "201": { cpaOkProbability14d: 0.95 } };
    const asks = [
      { rule: aRaise(), holder: "200" },
      { rule: wide, holder: "201" },
      { rule: aRaise(), holder: "202" },
    ];
    const plan = planOf({
      asks: [asks[0], asks[1], asks[2]].filter((ask) => ask !== undefined),
      entities,
      figures,
      brand: { limits: { nightlyRaisePercent: 3 } },
    });
    expect(plan.changes.map((change) => `${change.target.id} ${told(change)}`)).toEqual([
      "200 proposed 60",
      "202 proposed 59.5 nightlyRaises.clamped",
      "201 blocked 209.5 nightlyRaises.clamped tolerance.blocked",
    ]);
  });

  it("never nets raises against cuts", () => {
    const asks = [...raises("200", "201"), { rule: aCut(), holder: "202" }];
    const plan = planOf({ asks, brand: { limits: { nightlyRaisePercent: 2 } } });
    expect(told(changeOf(plan, "201"))).toBe("blocked 60 nightlyRaises.blocked");
  });

  it("takes the allowance from daily budgets that deliver", () => {
    const entities = {
      "208": { budget: { period: "lifetime" as const, amountMicros: 9_000_000_000n } },
      "209": {
        status: "paused" as const,
        budget: { period: "daily" as const, amountMicros: 9_000_000_000n },
      },
    };
    const plan = planOf({ asks: raises("200"), entities, brand: { limits: { nightlyRaisePercent: 2 } } });
    expect(told(changeOf(plan, "200"))).toBe("proposed 58 nightlyRaises.clamped");
  });

  it("frees the allowance of intents that came to nothing", () => {
    const edit = { kind: "dailyBudget" as const, fromMicros: 50_000_000n, toMicros: 100_000_000n };
    const intent = anIntent({ status: "notApplied", sends: 1, change: { edit } });
    const plan = planOf({ asks: raises("200"), state: { intents: { [intent.change.id]: intent } } });
    expect(told(changeOf(plan, "200"))).toBe("proposed 60");
  });

  it("refuses a plan over a quarter of the holders and over three, whole", () => {
    const cuts = ["200", "201", "202"].map((holder) => ({ rule: aCut(), holder }));
    const plan = planOf({ asks: [...cuts, ...pauses("203")] });
    expect(plan.refused).toEqual({
      key: "refused.blastRadius",
      values: {
        holders: { value: 4, unit: "count" },
        active: { value: 10, unit: "count" },
        limit: { value: 25, unit: "percent" },
        limitHolders: { value: 3, unit: "count" },
      },
    });
    expect(plan.changes.map(told)).toEqual([
      "blocked paused blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
    ]);
  });

  it.each([
    ["three holders of ten, over a quarter", 3, 25],
    ["four holders of ten, at the share allowed", 4, 40],
  ])("lets %s pass", (_, count, blastRadiusPercent) => {
    const asks = HOLDERS.slice(0, count).map((holder) => ({ rule: aCut(), holder }));
    const plan = planOf({ asks, brand: { limits: { blastRadiusPercent } } });
    expect([plan.refused, plan.changes.filter((change) => change.outcome === "proposed").length]).toEqual([
      null,
      count,
    ]);
  });

  it("does not count what was blocked before, nor raises beyond the night's allowance", () => {
    const plan = planOf({ asks: raises(...HOLDERS), brand: { limits: { nightlyRaisePercent: 6 } } });
    expect([plan.refused, plan.changes.filter((change) => change.outcome === "proposed").length]).toEqual([
      null,
      3,
    ]);
  });

  it("refuses a rule that would pause everything rather than pausing three", () => {
    const plan = planOf({ asks: pauses(...HOLDERS) });
    expect([plan.refused?.key, new Set(plan.changes.map((change) => change.outcome))]).toEqual([
      "refused.blastRadius",
      new Set(["blocked"]),
    ]);
  });

  it("pauses at most three a night, what spent the most first", () => {
    const figures = {
      "200": { spend14d: 100_000_000 },
      "201": { spend14d: 400_000_000 },
      "202": { spend14d: 300_000_000 },
      "203": { spend14d: 200_000_000 },
    };
    const plan = planOf({
      asks: pauses("200", "201", "202", "203"),
      figures,
      brand: { limits: { blastRadiusPercent: 50 } },
    });
    expect(plan.changes.map((change) => `${change.target.id} ${told(change)}`)).toEqual([
      "201 proposed paused",
      "202 proposed paused",
      "203 proposed paused",
      "200 blocked paused pausesPerNight.blocked",
    ]);
  });

  it("counts pauses of the night that are under way", () => {
    const edit = {
      kind: "status" as const,
      from: "active" as const,
      to: "paused" as const,
      budgetMicros: 50_000_000n,
    };
    const intent = anIntent({ change: { edit } });
    const brand = { limits: { pausesPerNight: 1 } };
    const plan = planOf({ asks: pauses("200"), brand, state: { intents: { [intent.change.id]: intent } } });
    expect(noteOf(changeOf(plan, "200"), "pausesPerNight")).toEqual({ pauses: 1, limit: 1 });
  });

  it("plans no more writes than a run may make, the night's intents included", () => {
    const intent = anIntent();
    const brand = { limits: { writesPerRun: 2 } };
    const plan = planOf({
      asks: raises("200", "202"),
      brand,
      state: { intents: { [intent.change.id]: intent } },
    });
    expect(plan.changes.map(told)).toEqual(["proposed 60", "blocked 60 writesPerRun.blocked"]);
    expect(plan.changes.map((change) => change.id)).toEqual([
      "atelier-lune-20260311-1",
      "atelier-lune-20260311-2",
    ]);
  });
});
