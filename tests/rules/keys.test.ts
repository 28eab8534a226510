import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import { aRuleFile, type Json, loaded } from "../support/rule.ts";
import { aBrand } from "../support/snapshot.ts";

const TIERS: Partial<Brand> = {
  groups: {
    tier: [
      { name: "test", match: { labels: ["test"] } },
      { name: "proven", match: { labels: ["proven"] } },
    ],
  },
  groupBands: { tier: { test: [5, 20], proven: [80, 95] } },
};

function rule(given: Json) {
  return loaded([aRuleFile(given)], aBrand(TIERS)).rules[0];
}

const HOLD = { type: "hold", blocks: ["raise"] };
const CUTS = { type: "hold", blocks: ["cut", "pause"] };

describe("lib/rules/keys", () => {
  it("has every key at its default where a file says nothing", () => {
    expect(rule({})).toMatchObject({
      cooldownNights: null,
      cooldownHours: null,
      nightsInARow: 1,
      notify: null,
      mutes: null,
      rollout: null,
      schedule: [{ when: { kind: "night" }, days: null, zone: null }],
      atMost: { perDay: null, perWeek: null, perLife: null },
      onNoData: "skip",
      layer: null,
    });
  });

  it.each<[Json, Json]>([
    [{ cooldown: "3d" }, { cooldownNights: 3, cooldownHours: null }],
    [
      { cooldown: "6h", schedule: { every: "1h" } },
      { cooldownNights: null, cooldownHours: 6 },
    ],
    [{ nightsInARow: 3 }, { nightsInARow: 3 }],
    [{ notify: { to: ["#media", "C0123ABCD"] } }, { notify: { to: ["#media", "C0123ABCD"] } }],
    [{ rollout: { shadow: "7d" } }, { rollout: { shadowNights: 7, proposeNights: 0 } }],
    [
      { mode: "apply", rollout: { shadow: "7d", propose: "14d" } },
      { rollout: { shadowNights: 7, proposeNights: 14 } },
    ],
    [{ atMost: { perDay: 1, perLife: 5 } }, { atMost: { perDay: 1, perWeek: null, perLife: 5 } }],
    [{ onNoData: "notify" }, { onNoData: "notify" }],
    [{ action: HOLD }, { onNoData: "hold" }],
    [{ action: { type: "hold", blocks: ["cut", "resume"] } }, { onNoData: "hold" }],
    [{ action: CUTS }, { onNoData: "skip" }],
    [{ action: HOLD, onNoData: "skip" }, { onNoData: "skip" }],
    [
      { schedule: { days: ["mon", "wed"] } },
      { schedule: [{ when: { kind: "night" }, days: ["mon", "wed"], zone: null }] },
    ],
    [
      { schedule: { at: ["09:00"], zone: "America/Bahia" } },
      { schedule: [{ when: { kind: "at", times: ["09:00"] }, days: null, zone: "America/Bahia" }] },
    ],
    [
      { schedule: [{ every: "15m", from: "08:00", to: "20:00" }, { every: "2h" }] },
      {
        schedule: [
          { when: { kind: "every", minutes: 15, from: "08:00", to: "20:00" }, days: null, zone: null },
          { when: { kind: "every", minutes: 120, from: null, to: null }, days: null, zone: null },
        ],
      },
    ],
  ])("reads %j", (given, expected) => {
    expect(rule(given)).toMatchObject(expected);
  });

  it.each<[string, Json["for"], unknown]>([
    ["nights", "28d", 28],
    ["always", "always", "always"],
  ])("reads mutes for %s", (_, written, nights) => {
    const mutes = { rules: ["wake-up"], for: written };
    const { rules } = loaded([aRuleFile({ mutes }), aRuleFile({ id: "wake-up" })]);
    expect(rules[0]?.mutes).toEqual({ rules: ["wake-up"], nights });
  });

  it.each<[Json, Json]>([
    [
      { type: "setBudget", to: 50, maxPercent: 10 },
      {
        type: "setBudget",
        aim: { kind: "amount", micros: 50_000_000n },
        maxPercent: 10,
        floorMicros: null,
        ceilingMicros: null,
      },
    ],
    [
      {
        type: "setBudget",
        toward: { metric: "roas", window: "7d", target: 0.8, band: [0.76, 0.84] },
        floor: 20,
        ceiling: 500,
      },
      {
        type: "setBudget",
        aim: {
          kind: "toward",
          metric: "roas",
          params: { window: "7d" },
          target: 0.8,
          band: [0.76, 0.84],
          goodSide: "high",
        },
        maxPercent: null,
        floorMicros: 20_000_000n,
        ceilingMicros: 500_000_000n,
      },
    ],
    [
      {
        type: "setBudget",
        toward: { metric: "cpa", window: "14d..8d", target: 40, band: [36, 44.5] },
        floor: 20,
      },
      {
        type: "setBudget",
        aim: {
          kind: "toward",
          metric: "cpa",
          params: { window: "14d..8d" },
          target: 40_000_000,
          band: [36_000_000, 44_500_000],
          goodSide: "low",
        },
        maxPercent: null,
        floorMicros: 20_000_000n,
        ceilingMicros: null,
      },
    ],
    [{ type: "pause" }, { type: "pause", until: null, what: "self" }],
    [
      { type: "pause", until: "tomorrow" },
      { type: "pause", until: { kind: "tomorrow" }, what: "self" },
    ],
    [
      { type: "pause", until: "2026-12-01" },
      { type: "pause", until: { kind: "day", day: "2026-12-01" }, what: "self" },
    ],
    [
      { type: "resume", pausedBy: ["stop"] },
      { type: "resume", pausedBy: { kind: "rules", ids: ["stop"] } },
    ],
    [
      { type: "resume", pausedBy: "anyone" },
      { type: "resume", pausedBy: { kind: "anyone" } },
    ],
    [
      { type: "hold", blocks: ["resume"], scope: "stage:retargeting", forAtLeast: "3d" },
      {
        type: "hold",
        blocks: ["resume"],
        scope: { kind: "stage", stage: "retargeting" },
        forAtLeastNights: 3,
      },
    ],
  ])("reads the action %j", (action, expected) => {
    expect(rule({ action })?.action).toEqual(expected);
  });

  it.each<[string, Json, Json]>([
    [
      "account",
      { type: "pause", what: "campaigns", until: "nextMonth" },
      { type: "pause", until: { kind: "nextMonth" }, what: "campaigns" },
    ],
    [
      "brand",
      { type: "notify", to: ["#media"], repeat: "weekly", urgency: "now" },
      { type: "notify", to: ["#media"], repeat: "weekly", urgency: "now" },
    ],
    [
      "account",
      { type: "hold", blocks: ["raise"], scope: "account" },
      { type: "hold", blocks: ["raise"], scope: { kind: "account" }, forAtLeastNights: null },
    ],
    [
      "budgetHolder",
      { type: "hold", blocks: ["raise"], scope: "self" },
      { type: "hold", blocks: ["raise"], scope: { kind: "self" }, forAtLeastNights: null },
    ],
    [
      "brand",
      { type: "allocate", goal: "split", group: "tier", basis: "budget", total: 1000 },
      {
        type: "allocate",
        goal: { kind: "split", group: "tier", bands: { test: [5, 20], proven: [80, 95] } },
        basis: "budget",
        totalMicros: 1_000_000_000n,
      },
    ],
    [
      "account",
      { type: "allocate", goal: "split", group: "stage", bands: { prospecting: [60, 80] }, basis: "spend" },
      {
        type: "allocate",
        goal: { kind: "split", group: "stage", bands: { prospecting: [60, 80] } },
        basis: "spend",
        totalMicros: null,
      },
    ],
    [
      "brand",
      { type: "allocate", goal: "monthPlan", basis: "budget" },
      { type: "allocate", goal: { kind: "monthPlan" }, basis: "budget", totalMicros: null },
    ],
    [
      "budgetHolder",
      { type: "allocate", goal: "moveToOthers", within: "account", basis: "budget" },
      {
        type: "allocate",
        goal: { kind: "moveToOthers", within: "account", pauseSource: false },
        basis: "budget",
        totalMicros: null,
      },
    ],
    [
      "campaign",
      { type: "assign", group: "tier", move: "down" },
      { type: "assign", group: "tier", move: "down", to: null },
    ],
    [
      "ad",
      { type: "assign", group: "tier", to: "proven" },
      { type: "assign", group: "tier", move: null, to: "proven" },
    ],
  ])("reads on the level %s the action %j", (level, action, expected) => {
    expect(rule({ appliesTo: { level }, action })).toMatchObject({ appliesTo: { level }, action: expected });
  });

  it("looks at what is paused where a rule turns on, and at what is active elsewhere", () => {
    expect(rule({ action: { type: "resume", pausedBy: "palier" } })?.appliesTo.status).toEqual(["paused"]);
    expect(rule({})?.appliesTo.status).toEqual(["active"]);
  });

  it("reads exceptions in the words of the scope", () => {
    const except = { groups: { tier: ["test"] }, status: ["paused"], budget: { owner: ["shared"] } };
    expect(rule({ appliesTo: { groups: { tier: ["proven"] }, except } })?.appliesTo).toEqual({
      level: "budgetHolder",
      platforms: null,
      accounts: null,
      stages: null,
      groups: { tier: ["proven"] },
      status: ["active"],
      budget: { owner: null, period: ["daily"] },
      match: {},
      except: {
        platforms: null,
        accounts: null,
        stages: null,
        groups: { tier: ["test"] },
        status: ["paused"],
        budget: { owner: ["shared"], period: null },
        match: {},
      },
    });
  });

  it("begins a new life when what limits the rule changes, not when its readers or its rollout do", () => {
    const hash = rule({})?.hash;
    for (const given of [{ notify: { to: ["#media"] } }, { rollout: { shadow: "7d" } }]) {
      expect(rule(given)?.hash).toBe(hash);
    }
    const limits = [
      { nightsInARow: 2 },
      { atMost: { perLife: 1 } },
      { schedule: { days: ["mon"] } },
      { onNoData: "notify" },
    ];
    for (const given of limits) expect(rule(given)?.hash).not.toBe(hash);
  });
});
