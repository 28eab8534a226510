/** A night of the log with everything that its decision was made from. */
import type { Day } from "../domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { LogEventOf } from "../log/events.ts";
import { emptyState, foldEntry } from "../log/fold.ts";
import { configOn } from "./config.ts";
import type { BrandConfig, LoopPorts } from "./ports.ts";
import { loadSource } from "./rederive.ts";
import { loadSnapshot } from "./snapshots.ts";
import { loadPlan } from "./steps/intend.ts";

export interface PastNight {
  config: BrandConfig;
  snapshot: Snapshot;
  /** The fold that the plan was decided against. */
  state: BrandState;
  plan: Plan;
}

/**
 * The night of `day`, or the last planned round; null where the log has none. Read from the log's entries: the state forgets old
 * rounds.
 * @throws LogError, StoreError, BlobError when a part is absent or corrupt.
 */
export async function pastNight(
  ports: Pick<LoopPorts, "log" | "blobs">,
  brand: string,
  day: Day | null,
): Promise<PastNight | null> {
  const wanted = day === null ? null : roundIdOf(brand, day, NIGHT_SLOT);
  let found: { planned: LogEventOf<"planned">; state: BrandState } | null = null;
  let state = emptyState(brand);
  for (const entry of await ports.log.entries(brand)) {
    for (const event of entry.events) {
      if (event.type !== "planned") continue;
      if (wanted === null || event.roundId === wanted) found = { planned: event, state };
    }
    state = foldEntry(state, entry);
  }
  if (found === null) return null;
  const { inputs, planHash } = found.planned;
  const plan = await loadPlan(ports, planHash);
  return {
    config: configOn(await loadSource(ports, inputs), plan.day),
    snapshot: await loadSnapshot(ports.blobs, inputs.snapshot),
    state: found.state,
    plan,
  };
}
