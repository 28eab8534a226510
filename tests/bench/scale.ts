/** `npm run bench -- scale`: what 1 to 10,000 brands need, what that costs, and what gives out first. */
import { type Consumption, type CostLine, consumptionOf, costLines, totalUsd } from "./cost.ts";
import { playDay } from "./day.ts";
import { googleOperationsPerNight, type Limit, limitsOf } from "./limits.ts";

/** Brands, and the concurrency that a stage of that size would set. */
const SIZES = [
  { brands: 1, observeConcurrency: 20, applyConcurrency: 10 },
  { brands: 100, observeConcurrency: 20, applyConcurrency: 10 },
  { brands: 1_000, observeConcurrency: 20, applyConcurrency: 10 },
  { brands: 10_000, observeConcurrency: 50, applyConcurrency: 25 },
] as const;

const TARGET_USD = 0.15;
const WINDOW_MINUTES = 120;
/** Growth of a figure per brand, over ten times as many brands, from which on it counts as growth. */
const TOLERATED_GROWTH = 1.2;
const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

export interface SizeResult {
  brands: number;
  observeConcurrency: number;
  applyConcurrency: number;
  nightMinutes: number;
  plannedInWindow: number;
  runs: { night: number; idle: number; change: number };
  longestTickSeconds: number;
  googleOperations: number;
  consumption: Consumption;
  lines: CostLine[];
  usdPerBrandMonth: number;
}

export interface Scale {
  sizes: SizeResult[];
  limits: Limit[];
  targets: { name: string; met: boolean }[];
}

export async function scale(): Promise<Scale> {
  const sizes: SizeResult[] = [];
  for (const options of SIZES) sizes.push(await sizeResult(options));
  return { sizes, limits: limitsOf(SIZES[0].observeConcurrency), targets: targetsOf(sizes) };
}

async function sizeResult(options: (typeof SIZES)[number]): Promise<SizeResult> {
  const day = await playDay(options);
  const consumption = consumptionOf(day);
  const lines = costLines(consumption);
  return {
    ...options,
    nightMinutes: day.nightMs / MS_PER_MINUTE,
    plannedInWindow: day.plannedInWindow,
    runs: day.runs,
    longestTickSeconds: day.longestTickMs / MS_PER_SECOND,
    googleOperations: options.brands * googleOperationsPerNight(),
    consumption,
    lines,
    usdPerBrandMonth: totalUsd(lines) / options.brands,
  };
}

/** Of the two largest sizes: what costs the same for every size has faded there, and what grows too fast shows. */
function targetsOf(sizes: readonly SizeResult[]): Scale["targets"] {
  const [middle, large] = sizes.slice(-2);
  if (middle === undefined || large === undefined) throw new Error("two sizes are needed to compare");
  return [
    {
      name: `under ${TARGET_USD} USD a brand and month at ${middle.brands.toLocaleString("en-US")} brands`,
      met: middle.usdPerBrandMonth < TARGET_USD,
    },
    {
      name: "nothing grows faster than the number of brands",
      met: growth(middle, large) <= TOLERATED_GROWTH,
    },
    {
      name: `${large.brands.toLocaleString("en-US")} brands are planned inside two hours`,
      met: large.plannedInWindow === large.brands && large.nightMinutes < WINDOW_MINUTES,
    },
  ];
}

/** The largest growth of any figure per brand; 1 is none. */
export function growth(small: Grown, large: Grown): number {
  const perBrand = ({ consumption, brands }: Grown) => Object.values(consumption).map((one) => one / brands);
  const before = perBrand(small);
  return Math.max(
    ...perBrand(large).map((figure, index) => (figure === 0 ? 1 : figure / (before[index] ?? 0))),
  );
}

type Grown = Pick<SizeResult, "brands" | "consumption">;
