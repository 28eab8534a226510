/** Nights at random: rules of every kind that changes something, budgets, former changes, pauses that end. */
import fc from "fast-check";
import { type AppliedChange, NO_MEMORY, type OwnPause } from "../../lib/domain/state.ts";
import type { Mode, Result } from "../../lib/domain/verdict.ts";
import type { Rule } from "../../lib/rules/types.ts";
import { aCut, anAskOf, anIntent, aPause, applied, aRaise, aRule, HOLDERS, type Night } from "./plan.ts";
import { ROUND_AT_MS } from "./snapshot.ts";

const euros = fc.integer({ min: 1, max: 400_000 }).map((cents) => BigInt(cents) * 10_000n);
const mode = fc.constantFrom<Mode>("shadow", "propose", "apply");
const percent = fc.integer({ min: 1, max: 300 });
const result = fc.constantFrom<Result>("matched", "matched", "matched", "notMatched", "noData");
const holder = fc.constantFrom(...HOLDERS);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    kind: fc.constantFrom("raise", "cut", "pause", "resume", "set"),
    percent,
    mode,
    ceiling: fc.option(euros),
    floor: fc.option(euros),
    layered: fc.boolean(),
    nightsInARow: fc.constantFrom(1, 1, 2),
    perLife: fc.constantFrom(null, 1),
    shadowNights: fc.constantFrom(0, 0, 5),
  })
  .map(({ kind, percent, mode, ceiling: ceilingMicros, floor: floorMicros, ...keys }) => {
    const given: Partial<Rule> & { id: string } = {
      id: `${[kind, percent, mode, ceilingMicros, floorMicros, ...Object.values(keys)].join("-")}`,
      mode,
      cooldownNights: 2,
      nightsInARow: keys.nightsInARow,
      atMost: { perDay: null, perWeek: null, perLife: keys.perLife },
      rollout: { shadowNights: keys.shadowNights, proposeNights: 0 },
      layer: keys.layered ? { group: 0, place: percent } : null,
    };
    const by = { kind: "percent", percent } as const;
    if (kind === "resume") return aRule({ type: "resume", pausedBy: { kind: "palier" } }, given);
    if (kind === "set") {
      const aim = { kind: "amount", micros: BigInt(percent) * 1_000_000n } as const;
      return aRule({ type: "setBudget", aim, maxPercent: null, floorMicros, ceilingMicros }, given);
    }
    if (kind === "raise")
      return aRaise(percent, { ...given, action: { type: "raiseBudget", by, ceilingMicros } });
    return kind === "cut"
      ? aCut(percent, { ...given, action: { type: "cutBudget", by, floorMicros } })
      : aPause(given);
  });

const past: fc.Arbitrary<AppliedChange> = fc
  .record({ holder, day: fc.constantFrom("2026-03-03", "2026-03-05", "2026-03-09"), from: euros, to: euros })
  .map(({ holder, day, from, to }) =>
    applied({
      holderKey: `meta/1001/adGroup/${holder}`,
      day,
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: to },
    }),
  );

export const aRandomNight: fc.Arbitrary<Night> = fc
  .record({
    asks: fc.array(fc.record({ rule, holder, result }), { maxLength: 12 }),
    budgets: fc.array(euros, { minLength: 10, maxLength: 10 }),
    mode,
    ceiling: fc.option(euros),
    floor: fc.option(euros),
    nightlyRaisePercent: fc.integer({ min: 0, max: 50 }),
    unit: fc.constantFrom(10_000n, 1_000_000n, 70_000n),
    past: fc.array(past, { maxLength: 3 }),
    reserved: fc.option(euros),
    paused: fc.subarray([...HOLDERS]),
    until: fc.constantFrom(null, "2026-03-11", "2026-03-12"),
    probabilities: fc.array(fc.constantFrom(null, 0.8, 0.86, 0.95), { minLength: 10, maxLength: 10 }),
  })
  .map((given) => {
    const toMicros = 50_000_000n + (given.reserved ?? 0n);
    const intent = anIntent({ change: { edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros } } });
    const byHolder = <T>(of: (index: number) => T) =>
      Object.fromEntries(HOLDERS.map((id, index) => [id, of(index)]));
    return {
      asks: given.asks.map((ask) => anAskOf(ask.rule, ask.holder, { result: ask.result })),
      idleRules: [aPause({ id: "paused-before", mode: given.mode })],
      entities: byHolder((index) => ({
        budget: { period: "daily" as const, amountMicros: given.budgets[index] ?? 1n },
        status: given.paused.some((id) => id === HOLDERS[index]) ? ("paused" as const) : ("active" as const),
      })),
      figures: byHolder((index) => ({
        cpaOkProbability14d: given.probabilities[index] ?? null,
        conversions14d: 35,
      })),
      brand: {
        mode: given.mode,
        limits: {
          dailyCeilingMicros: given.ceiling,
          dailyFloorMicros: given.floor,
          nightlyRaisePercent: given.nightlyRaisePercent,
        },
      },
      budgetUnitMicros: given.unit,
      state: {
        memory: { ...NO_MEMORY, pauses: pausesOf(given.paused, given.until) },
        applied: given.past,
        intents: given.reserved === null ? {} : { [intent.change.id]: intent },
      },
    };
  });

/** Pauses that one rule made two nights ago. */
function pausesOf(holders: readonly string[], until: string | null): Record<string, OwnPause> {
  const pause = { ruleId: "paused-before", pack: "roads", changeId: "x-20260309-1", until };
  const atMs = ROUND_AT_MS - 172_800_000;
  return Object.fromEntries(holders.map((id) => [`meta/1001/adGroup/${id}`, { ...pause, atMs }]));
}
