/** From how many brands on each limit binds, on the basis alone. */
import { ASSUMED, LIMITS, MEASURED } from "./basis.ts";
import { RUN_MS, tickMs, wakeRequests } from "./durations.ts";
import { readUnits } from "./meters.ts";

/** 04:05 to 06:00. */
const WINDOW_MS = 115 * 60_000;
const TICK_PERIOD_S = 60;

export interface Limit {
  name: string;
  /** Most brands that stay within it. */
  brands: number;
  remedy: string;
}

export function googleOperationsPerNight(): number {
  return MEASURED.requests.google + ASSUMED.changesPerNight * ASSUMED.callsPerChange;
}

/** Least first. `observeConcurrency` is the stage's. */
export function limitsOf(observeConcurrency: number): Limit[] {
  const limits: Limit[] = [
    {
      name: `Google Ads Basic access, ${LIMITS.googleBasicPerDay.toLocaleString("en-US")} operations a day and developer token`,
      brands: Math.floor(LIMITS.googleBasicPerDay / googleOperationsPerNight()),
      remedy: "ask Google for Standard access, which has no daily limit",
    },
    {
      name: `observeConcurrency ${observeConcurrency} within one night window`,
      brands: nightsInWindow(observeConcurrency, RUN_MS.night),
      remedy: "raise it in infra/stages.json: 50 for 10,000 brands that share one zone",
    },
    {
      name: "the tick's 50 s at a full hour",
      brands: mostBrands((brands) => tickMs(brands, wakeRequests(brands)) <= LIMITS.tickTimeoutMs),
      remedy: "more memory for the tick",
    },
    {
      name: `${LIMITS.lambdaConcurrency} Lambdas at once in one AWS account`,
      brands: nightsInWindow(LIMITS.lambdaConcurrency, RUN_MS.night),
      remedy: "a second stage, or a higher quota",
    },
    {
      name: "reads of the one partition that holds the summary rows",
      brands: mostBrands(
        (brands) => readUnits(brands * MEASURED.rowBytes) <= LIMITS.partitionReadsPerSecond * TICK_PERIOD_S,
      ),
      remedy: "rows spread over several partitions",
    },
  ];
  return limits.toSorted((left, right) => left.brands - right.brands);
}

/** Brands of one zone whose nights of `nightMs` each pass within its window. */
export function nightsInWindow(concurrency: number, nightMs: number): number {
  return Math.floor((concurrency * WINDOW_MS) / nightMs);
}

function mostBrands(fits: (brands: number) => boolean): number {
  let brands = 1_000;
  while (fits(brands + 1_000)) brands += 1_000;
  return brands;
}
