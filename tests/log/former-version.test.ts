/**
 * What the version before rules had a memory wrote, in two nights of the sandbox with every proposal of the first one made: its log as
 * it was, and its first plan with each list cut to one.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson, hashOf } from "../../lib/domain/canonical.ts";
import { planSchema } from "../../lib/domain/plan.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import { type LogEntry, openEntry } from "../../lib/log/chain.ts";
import { checkpointState } from "../../lib/log/checkpoint.ts";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";

const BRAND = "atelier-lune";

function fixture(name: string) {
  return JSON.parse(readFileSync(`tests/fixtures/log/${name}.json`, "utf8"));
}

function entries(): LogEntry[] {
  let before = emptyState(BRAND).hash;
  return fixture("fold-3").map(({ hash, ...body }: LogEntry, index: number) => {
    const entry = openEntry(BRAND, before, index + 1, {
      position: index + 1,
      body: canonicalJson(body),
      hash,
    });
    before = hash;
    return entry;
  });
}

/** The state as that version knew it. */
function formerState({ memory: _, rounds, ...state }: BrandState) {
  const known = Object.entries(rounds).map(([id, { channels: __, ...round }]) => [id, round]);
  return { ...state, rounds: Object.fromEntries(known) };
}

describe("lib/log: what the former version wrote", () => {
  it("is folded to the very state by which that version decided", () => {
    const decided: boolean[] = [];
    let state = emptyState(BRAND);
    for (const entry of entries()) {
      for (const event of entry.events) {
        if (event.type === "planned") decided.push(hashOf(formerState(state)) === event.inputs.state);
      }
      state = foldEntry(state, entry);
    }
    expect(decided).toEqual([true, true, true]);
  });

  it("leaves nothing counted, told or held, and what it did and paused", () => {
    const { memory } = entries().reduce(foldEntry, emptyState(BRAND));
    const { acts, pauses, ...nights } = memory;
    expect(nights).toEqual({ streaks: {}, told: {}, holds: {}, scopes: {} });
    const times = Object.entries(acts).map(([rule, holders]) => [rule, Object.keys(holders).length]);
    expect(times).toEqual([
      ["pause-no-conversion", 2],
      ["raise-proven", 4],
    ]);
    expect(Object.values(pauses).map(({ ruleId, until }) => [ruleId, until])).toEqual([
      ["pause-no-conversion", null],
      ["pause-no-conversion", null],
    ]);
  });

  it("is folded from its first entry, whatever its checkpoint says", () => {
    const state = entries().reduce(foldEntry, emptyState(BRAND));
    const former = canonicalJson({ foldVersion: 3, state: formerState(state) });
    expect(checkpointState(BRAND, former)).toBeNull();
    expect(checkpointState(BRAND, canonicalJson({ foldVersion: 3, state }))).toBeNull();
  });

  it("reads as a plan that nothing was held, newly seen or left undone in", () => {
    const plan = planSchema.parse(fixture("plan-of-fold-3"));
    expect(plan.notices.map(({ to, blind }) => ({ to, blind }))).toEqual([{ to: [], blind: false }]);
    const { newcomers, scopes, notActed } = plan;
    expect({ newcomers, scopes, notActed }).toEqual({ newcomers: [], scopes: [], notActed: [] });
  });
});
