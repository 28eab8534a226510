/** Gathers what the morning's digest and the review of a period are made from. */

import { digestOf, reviewOf } from "../../digest/index.ts";
import { addDays, type Day, daysBetween, instantOf, localDay } from "../../domain/day.ts";
import type { Digest, Review } from "../../domain/digest.ts";
import type { BrandState } from "../../domain/state.ts";
import type { LogEvent, LogEventOf } from "../../log/events.ts";
import { maturityOf } from "../../platforms/index.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { loadSnapshot, newestSnapshot } from "../snapshots.ts";
import { loadPlan } from "../steps/intend.ts";
import { newestPlanned } from "./night-view.ts";

type Reading = Pick<LoopPorts, "log" | "blobs" | "clock">;

/** What was judged in a period was made before it, and named earlier still. */
const EVENTS_BEFORE_DAYS = 35;
const DAYS_PER_WEEK = 7;

/** The digest of that morning, as of now; of an earlier one that could not be told, as of its own time. */
export async function morningDigest(ports: Reading, { brand }: BrandConfig, day: Day): Promise<Digest> {
  const state = await ports.log.state(brand.id);
  const nowMs = await ports.clock.nowMs();
  const missed = localDay(nowMs, brand.zone) !== day && brand.slack !== null;
  const round = newestPlanned(state);
  return digestOf({
    brand,
    state,
    plan: round?.planHash == null ? null : await loadPlan(ports, round.planHash),
    snapshot: await newestSnapshot(ports.blobs, state),
    maturity: maturityOf(brand.accounts),
    sinceMs: lastDigestMs(state, day),
    nowMs: missed ? instantOf(day, brand.slack?.digestAt ?? "00:00", brand.zone) : nowMs,
  });
}

/** When the digest before was told; null for the first. */
function lastDigestMs(state: BrandState, day: Day): number | null {
  const before = Object.values(state.messages).filter(
    ({ key, ts }) => ts !== null && key.startsWith("digest/") && key < `digest/${day}`,
  );
  return before.toSorted((a, b) => (a.key < b.key ? -1 : 1)).at(-1)?.firstAtMs ?? null;
}

/** The review that is told on `day`: of the days from the review before on, up to the day before. */
export async function periodReview(
  ports: Reading,
  { brand }: BrandConfig,
  { day, from }: { day: Day; from: Day },
): Promise<Review> {
  const state = await ports.log.state(brand.id);
  const to = addDays(day, -1);
  const sinceMs = instantOf(addDays(from, -EVENTS_BEFORE_DAYS), "00:00", brand.zone);
  const entries = await ports.log.entries(brand.id);
  const events = entries.flatMap((entry) => entry.events).filter(({ atMs }) => atMs >= sinceMs);
  const dayOf = ({ atMs }: LogEvent) => localDay(atMs, brand.zone);
  const sealed = events
    .filter((event) => event.type === "snapshotSealed")
    .filter((event) => dayOf(event) >= from && dayOf(event) <= day);
  const planned = events
    .filter((event) => event.type === "planned")
    .findLast((event) => dayOf(event) >= from && dayOf(event) <= to);
  const snapshots = onePerWeek(sealed, (event) => daysBetween(dayOf(event), day));
  return reviewOf({
    ...{ brand, state, from, to, events },
    snapshots: await Promise.all(
      snapshots.map(({ snapshotHash }) => loadSnapshot(ports.blobs, snapshotHash)),
    ),
    plan: planned === undefined ? null : await loadPlan(ports, planned.planHash),
    maturity: maturityOf(brand.accounts),
  });
}

/** The last of each week that ends with the review, oldest first: a snapshot holds 35 days. */
function onePerWeek(
  sealed: readonly LogEventOf<"snapshotSealed">[],
  ageDays: (event: LogEventOf<"snapshotSealed">) => number,
): LogEventOf<"snapshotSealed">[] {
  const byWeek = new Map(sealed.map((event) => [Math.floor(ageDays(event) / DAYS_PER_WEEK), event]));
  return sealed.filter((event) => [...byWeek.values()].includes(event));
}
