/**
 * Logs and metrics of a function. Logs are JSON lines in which the brand is a field; metrics are counted over all brands,
 * because each value of a dimension is billed as a metric of its own.
 */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { ConfigError } from "../../domain/problem.ts";

const NAMESPACE = "Palier";

/** Enough for any message of ours; CloudWatch bills by the byte. */
const MAX_DETAIL = 1_000;

const UNITS = {
  Ticks: MetricUnit.Count,
  BrandsSeen: MetricUnit.Count,
  MissedNights: MetricUnit.Count,
  StopsSet: MetricUnit.Count,
  StepsFailed: MetricUnit.Count,
  ChangesDiverged: MetricUnit.Count,
  UnknownOutcomes: MetricUnit.Count,
  ExecutorDisagreements: MetricUnit.Count,
  /** Messages that have been due for half an hour. */
  MessagesWaiting: MetricUnit.Count,
  TokenHoursLeft: MetricUnit.Count,
  ApiVersionDaysLeft: MetricUnit.Count,
  RunMs: MetricUnit.Milliseconds,
} as const;

export type MetricName = keyof typeof UNITS;

/** Fields of a log line: names, numbers, ids; never an object of somebody else's. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Telemetry {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is told by its name, code and message. */
  error(message: string, error: unknown, fields?: LogFields): void;
  count(name: MetricName, value: number): void;
  /** Sends what was counted; to be called once, at the end of an invocation. */
  flush(): void;
}

/** `service` is the function's name. */
export function awsTelemetry(service: string, stage: string): Telemetry {
  const logger = new Logger({ serviceName: service, persistentKeys: { stage } });
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: service });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, ...errorFields(error) }),
    count: (name, value) => void metrics.addMetric(name, UNITS[name], value),
    flush() {
      // The library complains of nothing to publish, and a brand that is left alone counts nothing.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** Named fields only: adapters have dropped what carries secrets, and whatever else an error holds is not looked at. */
export function errorFields(error: unknown): LogFields {
  if (error instanceof ConfigError) {
    const [first] = error.problems;
    const detail = first === undefined ? "" : `${first.file} ${first.path}: ${first.found}; ${first.fix}`;
    return { error: "config.invalid", problems: error.problems.length, detail };
  }
  if (!(error instanceof Error)) return { error: "unknown" };
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return { error: code ?? error.name, detail: error.message.slice(0, MAX_DETAIL) };
}
