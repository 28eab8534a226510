/** A night on which rules of every kind say something, planned by the planner itself. */
import type { Figure, Reading } from "../../lib/domain/figure.ts";
import { NO_MEMORY } from "../../lib/domain/state.ts";
import type { Evidence } from "../../lib/domain/verdict.ts";
import type { Rule } from "../../lib/rules/types.ts";
import { aHold, aLeaf, anAskOf, aPause, aRaise, aRule, HOLDERS, type Night } from "./plan.ts";
import { ROUND_AT_MS } from "./snapshot.ts";

const DAY_MS = 86_400_000;
const key = (id: string) => `meta/1001/adGroup/${id}`;
const reading = (value: Figure["value"], unit: Figure["unit"], given: Partial<Reading> = {}): Reading => ({
  ...{ value, unit, from: null, to: null, reason: null, source: "meta/1001" },
  ...given,
});
const on = (day: string) => ({ from: day, to: day });
const bare = reading(80_000_000, "money");

/** CPA under 80 EUR on one of the last 3 days. */
export const SERIES: Evidence = aLeaf({
  ...{ fact: "cpa", params: { window: "1d", daysInARow: 3 }, operator: "greaterThan", threshold: bare },
  value: reading(64_000_000, "money", on("2026-03-09")),
  result: "notMatched",
  days: [
    { value: reading(91_000_000, "money", on("2026-03-10")), threshold: bare, result: "matched" },
    { value: reading(64_000_000, "money", on("2026-03-09")), threshold: bare, result: "notMatched" },
    { value: reading(85_000_000, "money", on("2026-03-08")), threshold: bare, result: "matched" },
  ],
  distancePercent: 20,
});

/** Second of 14 by ROAS within its campaign. */
export const RANK: Evidence = aLeaf({
  ...{ fact: "rank", params: { by: "roas", window: "7d", within: "campaign" } },
  operator: "lessThanInclusive",
  value: reading(2, "count", {
    ...{ from: "2026-03-04", to: "2026-03-10" },
    reason: {
      key: "rank.place",
      values: { place: { value: 2, unit: "count" }, ranked: { value: 14, unit: "count" } },
    },
  }),
  threshold: reading(3, "count"),
});

/** 600 EUR spent this month, at least 500. */
const MONTH: Evidence = aLeaf({
  ...{ fact: "spend", params: { window: "thisMonth" } },
  value: reading(600_000_000, "money", { from: "2026-03-01", to: "2026-03-10" }),
  threshold: reading(500_000_000, "money"),
});

/** Every verdict has one condition. */
const oneLeaf: Partial<Rule> = {
  condition: {
    kind: "leaf",
    leaf: { fact: "cpa", params: {}, operator: "equal", right: { kind: "literal", value: 1, unit: "money" } },
  },
};
const note = (id: string, given: Partial<Rule> = {}): Rule =>
  aRule(
    { type: "notify", urgency: "digest", to: ["#media"], repeat: "onChange" },
    { id, ...oneLeaf, ...given },
  );

/** Ten ad groups of 50 EUR: one raised, others kept back, paused, turned on again, told of, held. */
export function aWholeNight(): Night {
  const hashes = { rank: "b".repeat(64), slow: "c".repeat(64) };
  const ofRank = { id: "raise-rank", hash: hashes.rank, ...oneLeaf };
  const until = { kind: "day", day: "2026-03-14" } as const;
  return {
    figures: Object.fromEntries(
      ["200", "201", "202", "203"].map((id) => [id, { conversions14d: 40, cpaOkProbability14d: 0.95 }]),
    ),
    entities: { "207": { status: "paused", platformStatus: "PAUSED" } },
    asks: [
      anAskOf(aRaise(20, ofRank), "200", { evidence: [RANK] }),
      anAskOf(aRaise(20, ofRank), "201", { result: "notMatched", evidence: [SERIES] }),
      anAskOf(aRaise(20, { id: "raise-slow", hash: hashes.slow, nightsInARow: 3, ...oneLeaf }), "202"),
      anAskOf(aRaise(20, { id: "raise-muted", ...oneLeaf }), "203"),
      anAskOf(aRule({ type: "pause", until, what: "self" }, { id: "pause-weekend", ...oneLeaf }), "204", {
        evidence: [MONTH],
      }),
      anAskOf(note("told-before"), "205"),
      anAskOf(
        note("by-day", {
          schedule: [{ when: { kind: "every", minutes: 60, from: null, to: null }, days: null, zone: null }],
        }),
        "206",
      ),
      anAskOf(
        aHold({
          id: "hold-account",
          ...oneLeaf,
          action: { type: "hold", blocks: ["resume"], scope: { kind: "self" }, forAtLeastNights: 3 },
        }),
        "208",
      ),
    ],
    idleRules: [
      aPause({ id: "pause-loss" }),
      aPause({ id: "stop-loss", mutes: { rules: ["raise-muted"], nights: 28 } }),
      aRaise(20, { id: "raise-nobody", appliesTo: { ...aRaise().appliesTo, platforms: ["google"] } }),
    ],
    former: { holders: HOLDERS.filter((id) => id !== "209").map(key), unread: [] },
    state: {
      memory: {
        ...NO_MEMORY,
        scopes: { [hashes.rank]: 0 },
        streaks: {
          [hashes.slow]: { [`budgetHolder ${key("202")}`]: { nights: 1, day: "2026-03-10", blind: 0 } },
        },
        acts: { "stop-loss": { [key("203")]: { times: 1, day: "2026-03-01" } } },
        told: {
          "told-before": { [`budgetHolder ${key("205")}`]: { since: "2026-03-09", on: "2026-03-09" } },
        },
        pauses: {
          [key("207")]: {
            ...{ changeId: "atelier-lune-20260303-1", ruleId: "pause-loss", pack: "roads" },
            ...{ atMs: ROUND_AT_MS - 8 * DAY_MS, until: "2026-03-11" },
          },
        },
      },
    },
  };
}
