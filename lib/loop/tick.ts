/** Whom to wake, by the summary rows alone. Rows may be stale: a wake too many finds nothing due, and the hour mends one too few. */
import type { BrandSummary } from "../log/store.ts";
import type { Part } from "./next-step.ts";

const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;
/** Fetching may take its time at the end of the window, before anybody speaks of a missed night. */
const GRACE_MS = 30 * MS_PER_MINUTE;
/** A lost wake-up costs no time within these first minutes. */
const EACH_MINUTE_FOR = 8;

export interface Wake {
  brand: string;
  part: Part;
}

export interface Tick {
  wakes: Wake[];
  /** Brands whose night is over without a plan: what the alarm on missed nights counts. */
  missedNights: string[];
}

/** `nowMs` is the start of a minute; in the first of each hour every brand is woken, whatever its row says. */
export function tick(summaries: readonly BrandSummary[], nowMs: number): Tick {
  const hourly = nowMs % MS_PER_HOUR < MS_PER_MINUTE;
  const wakes = summaries.flatMap((summary): Wake[] => {
    const { brand, nextDueAtMs, nextApplyAtMs } = summary;
    const observe = hourly || isDue(nextDueAtMs, nowMs);
    const apply = (hourly && summary.unsettled > 0) || isDue(nextApplyAtMs, nowMs);
    return [
      ...(observe ? [{ brand, part: "observe" } as const] : []),
      ...(apply ? [{ brand, part: "apply" } as const] : []),
    ];
  });
  const missedNights = summaries
    .filter(({ nightEndsAtMs }) => nightEndsAtMs + GRACE_MS <= nowMs)
    .map(({ brand }) => brand);
  return { wakes, missedNights };
}

/**
 * Woken every minute at first, then 8, 16, 32 ... minutes after the moment. Every minute for ever would heap wake-ups on each brand
 * that still waits for its turn, and the more brands wait, the more: a large night would drown in them.
 */
function isDue(atMs: number | null, nowMs: number): boolean {
  if (atMs === null || atMs > nowMs) return false;
  const minutes = Math.floor((nowMs - atMs) / MS_PER_MINUTE);
  return minutes < EACH_MINUTE_FOR || Number.isInteger(Math.log2(minutes));
}
