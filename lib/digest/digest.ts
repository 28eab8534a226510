/** The morning's digest: what the night did, what waits, what it was decided on. */
import type { Brand } from "../domain/brand.ts";
import { addDays, type Day, instantOf, localDay } from "../domain/day.ts";
import type { Digest } from "../domain/digest.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import { entityKey } from "../domain/ids.ts";
import type { Plan, Protection } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import { createFacts, type FactsInput } from "../metrics/index.ts";
import type { Facts } from "../metrics/port.ts";
import { digestChanges } from "./changes.ts";
import { unread } from "./days.ts";
import { judgedSince, notJudgedYet } from "./judged.ts";
import { madeByState } from "./made.ts";
import { digestMessage } from "./messages.ts";
import { qualityOf } from "./quality.ts";
import { trackingOf } from "./tracking.ts";

const MS_PER_DAY = 86_400_000;

export interface DigestInput {
  brand: Brand;
  state: BrandState;
  /** The newest of the brand's plans; null before its first night. */
  plan: Plan | null;
  /** The newest sealed snapshot; null before the first. */
  snapshot: Snapshot | null;
  /** By platform, as `createFacts` takes it. */
  maturity: FactsInput["maturity"];
  /** When the digest before was made; null for the first, which tells of one day. */
  sinceMs: number | null;
  nowMs: number;
}

export function digestOf({ brand, state, snapshot, maturity, nowMs, ...input }: DigestInput): Digest {
  const sinceMs = input.sinceMs ?? nowMs - MS_PER_DAY;
  const plan = input.plan !== null && input.plan.decidedAtMs > sinceMs ? input.plan : null;
  const since = lastSealed(state, sinceMs) ?? localDay(sinceMs, brand.zone);
  const read = snapshot === null ? null : { brand, state, snapshot, maturity };
  const facts = read === null ? null : createFacts(read);
  const made = madeByState(state, brand.zone);
  return {
    brand: brand.id,
    brandName: brand.name,
    day: localDay(nowMs, brand.zone),
    plan,
    yesterday: yesterdayOf(facts),
    changes: digestChanges(state, plan, sinceMs),
    expired: Object.values(state.proposals).filter(
      ({ status, decidedAtMs }) => status === "expired" && (decidedAtMs ?? 0) > sinceMs,
    ).length,
    blocked: blockedBy(plan),
    judged: read === null ? [] : [...judgedSince(read, made, since), ...notJudgedYet(read, made)],
    quality:
      read === null || facts === null
        ? [digestMessage("digest.noSnapshot", {})]
        : qualityOf(brand, plan, facts, trackingOf(read)),
    alerts: Object.values(state.alerts)
      .filter(({ clearedAtMs }) => clearedAtMs === null)
      .sort((a, b) => a.raisedAtMs - b.raisedAtMs || (a.id < b.id ? -1 : 1)),
    protections: protectionsOf(input.plan, state, brand.zone, localDay(nowMs, brand.zone)),
  };
}

/** The day whose figures the digest before was made from, which a missed night makes older than that digest. */
function lastSealed({ rounds }: BrandState, sinceMs: number): Day | null {
  const days = Object.values(rounds)
    .filter(({ snapshotHash, startedAtMs }) => snapshotHash !== null && startedAtMs <= sinceMs)
    .map(({ day }) => day);
  return days.sort().at(-1) ?? null;
}

function yesterdayOf(facts: Facts | null): Digest["yesterday"] {
  const read = (fact: string, unit: Unit): Reading => {
    const [subject] = facts?.subjects("brand") ?? [];
    return facts === null || subject === undefined
      ? unread(unit, null, digestMessage("digest.noSnapshot", {}))
      : facts.read(subject, fact, { window: "1d" });
  };
  return { spend: read("spend", "money"), revenue: read("revenue", "money"), mer: read("mer", "ratio") };
}

/** A change is counted for the guardrail that said no, which is the last of its notes. */
function blockedBy(plan: Plan | null): Digest["blocked"] {
  const counts = new Map<string, number>();
  for (const { outcome, notes } of plan?.changes ?? []) {
    const guardrail = notes.findLast(({ effect }) => effect === "blocked")?.guardrail;
    if (outcome !== "blocked" || guardrail === undefined) continue;
    counts.set(guardrail, (counts.get(guardrail) ?? 0) + 1);
  }
  return [...counts]
    .map(([guardrail, count]) => ({ guardrail, count }))
    .sort((a, b) => b.count - a.count || (a.guardrail < b.guardrail ? -1 : 1));
}

/** The plan's own, but what people keep their hands off as the log says it now: they may have spoken since. */
function protectionsOf(plan: Plan | null, state: BrandState, zone: string, today: Day): Protection[] {
  const planned = (plan?.protections ?? []).filter(({ because }) => because !== "handsOff");
  const spoken = Object.values(state.heldOff)
    .filter(({ until }) => until >= today)
    .map(
      ({ target: ref, name, until, by, reason }): Protection => ({
        ...{ because: "handsOff", name, ref, by, ruleId: null, reason },
        untilMs: instantOf(addDays(until, 1), "00:00", zone),
      }),
    );
  return [...planned, ...spoken].sort(
    (a, b) =>
      (a.untilMs ?? Number.POSITIVE_INFINITY) - (b.untilMs ?? Number.POSITIVE_INFINITY) ||
      (entityKey(a.ref) < entityKey(b.ref) ? -1 : 1),
  );
}
