/** The review of a period: how each rule has fared, and what a customer cost. */
import type { Brand } from "../domain/brand.ts";
import { type Day, daysBetween, localDay } from "../domain/day.ts";
import type { Review } from "../domain/digest.ts";
import type { Reading } from "../domain/figure.ts";
import { NIGHT_SLOT } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { LogEvent } from "../log/events.ts";
import { createFacts, type FactsInput } from "../metrics/index.ts";
import { type Days, unread, windowOf } from "./days.ts";
import { judgedOver } from "./judged.ts";
import { madeByEvents } from "./made.ts";
import { digestMessage } from "./messages.ts";
import { ruleReviews } from "./rule-counts.ts";

export interface ReviewInput {
  brand: Brand;
  state: BrandState;
  /** Its first and last day, in the brand's zone. */
  from: Day;
  to: Day;
  /** The log's events from 35 days before `from` on: what was judged in the period was made before, and named earlier still. */
  events: readonly LogEvent[];
  /**
   * Sealed within the period or on the day after, oldest first. The newest suffices for two weeks; for a longer period one a
   * week, because a snapshot holds 35 days.
   */
  snapshots: readonly Snapshot[];
  /** The newest plan of the period; null where there is none. */
  plan: Plan | null;
  /** By platform, as `createFacts` takes it. */
  maturity: FactsInput["maturity"];
}

/** What was judged in the period is what could not be judged yet on its first day. */
export function reviewOf({ brand, state, from, to, events, snapshots, plan, maturity }: ReviewInput): Review {
  const inputs = snapshots.map((snapshot): FactsInput => ({ brand, state, snapshot, maturity }));
  const judged = judgedOver(inputs, madeByEvents(events, brand.zone), from);
  const isInside = ({ atMs }: LogEvent): boolean => {
    const day = localDay(atMs, brand.zone);
    return day >= from && day <= to;
  };
  return {
    brand: brand.id,
    brandName: brand.name,
    ...{ from, to, judged },
    brandLine: plan?.brandLine ?? null,
    cac: cacOf(inputs.at(-1) ?? null, { from, to }),
    rules: ruleReviews(events, isInside, judged),
    ...nightsOf(events, { from, to }),
  };
}

function cacOf(input: FactsInput | null, days: Days): Reading {
  if (input === null) return unread("money", days, digestMessage("digest.noSnapshot", {}));
  const facts = createFacts(input);
  const [subject] = facts.subjects("brand");
  const window = windowOf(days, input.snapshot.day);
  return window === null || subject === undefined
    ? unread("money", days, digestMessage("digest.daysOutOfReach", {}))
    : facts.read(subject, "cac", { window });
}

/** A night before the brand's first is none that was missed. */
function nightsOf(
  events: readonly LogEvent[],
  { from, to }: Days,
): Pick<Review, "nightsPlanned" | "nightsMissed"> {
  const rounds = new Map(
    events.flatMap((event) =>
      event.type === "roundStarted" && event.slot === NIGHT_SLOT ? [[event.roundId, event.day] as const] : [],
    ),
  );
  const first = [...rounds.values()].reduce<Day | null>(
    (least, day) => (least === null || day < least ? day : least),
    null,
  );
  const planned = new Set(
    events.flatMap((event) => (event.type === "planned" ? (rounds.get(event.roundId) ?? []) : [])),
  );
  const nightsPlanned = [...planned].filter((day) => day >= from && day <= to).length;
  const start = first !== null && first > from ? first : from;
  const nights = first === null ? 0 : Math.max(0, daysBetween(start, to) + 1);
  return { nightsPlanned, nightsMissed: nights - nightsPlanned };
}
