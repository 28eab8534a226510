/** What a month of such days costs, line by line. */
import { ALARMS, type AlarmSpec } from "../../infra/alarms.ts";
import { ASSUMED, MEASURED, STACK } from "./basis.ts";
import type { Day } from "./day.ts";
import { RUN_MS } from "./durations.ts";
import type { Use } from "./meters.ts";
import { readUnits } from "./meters.ts";
import { PRICES } from "./prices.ts";

const MS_PER_SECOND = 1_000;
const MB_PER_GB = 1_024;
const BYTES_PER_GB = 1_073_741_824;
const MILLION = 1_000_000;
const TICKS_PER_DAY = 1_440;
const HOURS_PER_DAY = 24;
/** An alarm over all functions reads one metric of each. */
const FUNCTIONS = 6;

/** Of one day. */
export interface Consumption {
  gbSeconds: number;
  invocations: number;
  queueRequests: number;
  readUnits: number;
  writeUnits: number;
  tableBytes: number;
  blobPuts: number;
  blobGets: number;
  blobBytes: number;
  secretReads: number;
  logBytes: number;
}

export interface CostLine {
  name: string;
  usdPerMonth: number;
}

export function consumptionOf(day: Day): Consumption {
  const { runs, observe, apply, queues } = day;
  const received = queues.observe.received + queues.apply.received;
  // Each change is shown on its card by a run of its own.
  const runsTotal = runs.night + runs.idle + runs.change + day.changes;
  const total = (field: keyof Use) =>
    runs.night * MEASURED.night[field] +
    runs.idle * MEASURED.idle[field] +
    day.changes * (MEASURED.change[field] + MEASURED.told[field]);
  const coldStartsMs = HOURS_PER_DAY * (observe.counts.most + apply.counts.most) * ASSUMED.coldStartMs;
  const rowReads = TICKS_PER_DAY * (readUnits(day.brands * MEASURED.rowBytes) + 1);
  return {
    gbSeconds:
      gbSeconds(observe.ranMs + apply.ranMs + day.changes * RUN_MS.told + coldStartsMs, STACK.runMb) +
      gbSeconds(day.tickMs, STACK.tickMb),
    invocations: runsTotal + TICKS_PER_DAY,
    // A message is received with one request and deleted with another.
    queueRequests: day.wakeRequests + 2 * received + 3 * day.changes + ASSUMED.emptyReceivesPerDay,
    readUnits: total("readUnits") + rowReads,
    writeUnits: total("writeUnits"),
    tableBytes: total("tableBytes"),
    blobPuts: total("blobPuts"),
    blobGets: total("blobGets"),
    blobBytes: total("blobBytes"),
    // Kept for five minutes by each container; at most once a run and platform.
    secretReads: 2 * (runs.night + runs.change) + runs.night + day.changes,
    logBytes: total("logLines") * ASSUMED.logLineBytes + (runsTotal + TICKS_PER_DAY) * ASSUMED.logBytesPerRun,
  };
}

function gbSeconds(ms: number, memoryMb: number): number {
  return (ms / MS_PER_SECOND) * (memoryMb / MB_PER_GB);
}

export function costLines(used: Consumption): CostLine[] {
  const days = ASSUMED.daysPerMonth;
  const monthly = (amount: number, per: number, usd: number) => ((amount * days) / per) * usd;
  const gbKept = (bytes: number, months: number) => (bytes * days * months) / BYTES_PER_GB;
  const lines: [string, number][] = [
    [
      "Lambda",
      monthly(used.gbSeconds, 1, PRICES.lambdaGbSecond) +
        monthly(used.invocations, MILLION, PRICES.lambdaMillionRequests),
    ],
    ["SQS", monthly(used.queueRequests, MILLION, PRICES.queueMillionRequests)],
    [
      "DynamoDB requests",
      monthly(used.readUnits, MILLION, PRICES.tableMillionReads) +
        monthly(used.writeUnits, MILLION, PRICES.tableMillionWrites),
    ],
    [
      "DynamoDB storage",
      gbKept(used.tableBytes, ASSUMED.monthsKept) * (PRICES.tableGbMonth + PRICES.tableRecoveryGbMonth),
    ],
    [
      "S3 requests",
      monthly(used.blobPuts, 1_000, PRICES.blobThousandPuts + PRICES.coolThousandMoves) +
        monthly(used.blobGets, 1_000, PRICES.blobThousandGets),
    ],
    // The newest month in the standard class, the others in the cool one.
    [
      "S3 storage",
      gbKept(used.blobBytes, 1) * PRICES.blobGbMonth +
        gbKept(used.blobBytes, ASSUMED.monthsKept - 1) * PRICES.coolGbMonth,
    ],
    ["CloudWatch Logs", gbKept(used.logBytes, 1) * (PRICES.logGbTaken + 3 * PRICES.logGbMonth)],
    [
      "secrets and keys",
      STACK.secrets * PRICES.secretMonth +
        monthly(used.secretReads, 10_000, PRICES.secretTenThousandReads) +
        STACK.keys * PRICES.keyMonth,
    ],
    ["metrics, alarms, dashboard", watchingUsd()],
    ["Scheduler", monthly(TICKS_PER_DAY, MILLION, PRICES.scheduleMillion)],
  ];
  return lines.map(([name, usdPerMonth]) => ({ name, usdPerMonth }));
}

export function totalUsd(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
}

/** The same for every number of brands, because no metric has a brand dimension. */
function watchingUsd(): number {
  const watched = ALARMS.reduce(
    (sum, { metric }: AlarmSpec) => sum + (metric.of === "functionErrors" ? FUNCTIONS : 1),
    0,
  );
  return (
    STACK.metrics * PRICES.metricMonth +
    watched * PRICES.alarmMetricMonth +
    STACK.dashboards * PRICES.dashboardMonth
  );
}
