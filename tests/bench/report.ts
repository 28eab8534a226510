/** The figures as people read them, in a terminal and in `infra/README.md`. */
import { ASSUMED, LIMITS, MEASURED, MEASURED_ON } from "./basis.ts";
import { RUN_MS } from "./durations.ts";
import { nightsInWindow } from "./limits.ts";
import { PRICES, PRICES_AS_OF, PRICES_REGION } from "./prices.ts";
import type { Scale, SizeResult } from "./scale.ts";

const BYTES_PER_GB = 1_073_741_824;
const SLOWER = 5;
const SLOW_CONCURRENCY = 20;

type Row = readonly [name: string, figure: (size: SizeResult) => string];

const PER_MONTH = ASSUMED.daysPerMonth;

const ROWS: readonly Row[] = [
  ["brands", ({ brands }) => whole(brands)],
  [
    "observe / apply at once",
    ({ observeConcurrency, applyConcurrency }) => `${observeConcurrency} / ${applyConcurrency}`,
  ],
  ["last plan after 04:05 (min)", ({ nightMinutes }) => decimal(nightMinutes, 0.1)],
  ["longest tick (s)", ({ longestTickSeconds }) => decimal(longestTickSeconds, 0.1)],
  ["idle runs per brand and day", ({ runs, brands }) => decimal(runs.idle / brands, 0.1)],
  ["Google operations a night", ({ googleOperations }) => whole(googleOperations)],
  ["Lambda GB-seconds", ({ consumption }) => whole(consumption.gbSeconds * PER_MONTH)],
  ["Lambda invocations", ({ consumption }) => whole(consumption.invocations * PER_MONTH)],
  ["SQS requests", ({ consumption }) => whole(consumption.queueRequests * PER_MONTH)],
  ["DynamoDB read units", ({ consumption }) => whole(consumption.readUnits * PER_MONTH)],
  ["DynamoDB write units", ({ consumption }) => whole(consumption.writeUnits * PER_MONTH)],
  [
    "S3 puts / gets",
    ({ consumption: { blobPuts, blobGets } }) =>
      `${whole(blobPuts * PER_MONTH)} / ${whole(blobGets * PER_MONTH)}`,
  ],
  [
    "S3, new GB a month",
    ({ consumption }) => decimal((consumption.blobBytes * PER_MONTH) / BYTES_PER_GB, 0.01),
  ],
];

export function scaleText({ sizes, limits, targets }: Scale): string {
  const heading = [...(sizes[0]?.lines ?? [])].map(({ name }) => name);
  const costs = heading.map((name): string[] => [
    `${name} (USD)`,
    ...sizes.map(({ lines }) => usd(lines.find((line) => line.name === name)?.usdPerMonth ?? 0)),
  ]);
  const perBrand = [
    "**USD per brand and month**",
    ...sizes.map((size) => `**${size.usdPerBrandMonth.toFixed(3)}**`),
  ];
  const [head = [], ...figures] = ROWS.map(([name, figure]) => [name, ...sizes.map(figure)]);
  return [
    "By size of the stage; what AWS bills is per month:",
    "",
    ...table([head, ...figures, ...costs, perBrand]),
    "",
    "Targets:",
    "",
    ...targets.map(({ name, met }) => `- ${met ? "met" : "**missed**"}: ${name}`),
    "",
    "What gives out first, as brands grow (each with the remedy):",
    "",
    ...limits.map(
      ({ name, brands, remedy }, index) => `${index + 1}. ${whole(brands)} brands: ${name}; ${remedy}`,
    ),
    "",
    ...notes(),
  ].join("\n");
}

function notes(): string[] {
  const { metaReadMs, googleReadMs, platformCallMs, slowdown, changesPerNight } = ASSUMED;
  return [
    `Meta's quota is counted per ad account, so it does not bind by brands: a night takes ${MEASURED.requests.meta} of at least ` +
      `${whole(LIMITS.metaInsightsPointsPerHour)} points an hour.`,
    "",
    slowPlatforms(),
    "",
    `Measured: ${MEASURED_ON}; processor times and counts are in \`tests/bench/basis.ts\`, compared by \`npm run bench -- measure\`. ` +
      `Assumed: a report of Meta takes ${seconds(metaReadMs)} s, one of Google ${seconds(googleReadMs)} s, any other call of a ` +
      `platform ${seconds(platformCallMs)} s; Lambda's processors are ${slowdown} times slower; ${changesPerNight} changes a ` +
      "night and brand, each approved by itself; all brands in one zone; what is stored has gathered for a year. " +
      `Prices: list prices of ${PRICES_REGION} as of ${PRICES_AS_OF}, without free tiers, to be checked (\`tests/bench/prices.ts\`).`,
  ];
}

/** How much hangs on the one figure that matters most and cannot be measured here. */
function slowPlatforms(): string {
  const { metaReadMs, googleReadMs } = ASSUMED;
  const readingMs = MEASURED.requests.meta * metaReadMs + MEASURED.requests.google * googleReadMs;
  const moreMs = (SLOWER - 1) * readingMs;
  const moreUsd = (moreMs / 1_000) * ASSUMED.daysPerMonth * PRICES.lambdaGbSecond;
  const brands = nightsInWindow(SLOW_CONCURRENCY, RUN_MS.night + moreMs);
  return (
    `Were the platforms' reports ${SLOWER} times slower than assumed below, a brand would cost ${moreUsd.toFixed(3)} USD more a month, ` +
    `and observeConcurrency ${SLOW_CONCURRENCY} would plan ${whole(brands)} brands of one zone within their window.`
  );
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Rounded to a step, so that the last digits of a float do not show. */
function decimal(value: number, step: number): string {
  return (Math.round(value / step) * step).toFixed(step === 0.1 ? 1 : 2);
}

function usd(value: number): string {
  return value.toFixed(2);
}

function seconds(ms: number): string {
  return String(ms / 1_000);
}
