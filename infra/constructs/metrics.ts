/** The figures that alarms and dashboard look at. */
import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { AlarmSpec, MetricSpec } from "../alarms.ts";
import { FUNCTION_NAMES, type FunctionName } from "../permissions.ts";
import type { Queues } from "./queues.ts";

export interface Watched {
  functions: Readonly<Record<FunctionName, IFunction>>;
  queues: Queues;
}

/** A figure that functions count; `service` is the only dimension. */
export function palierMetric(
  service: FunctionName,
  name: string,
  statistic: string,
  period: Duration,
): Metric {
  return new Metric({
    namespace: "Palier",
    metricName: name,
    dimensionsMap: { service },
    statistic,
    period,
  });
}

export function metricOf(metric: MetricSpec, { functions, queues }: Watched, period: Duration): IMetric {
  switch (metric.of) {
    case "palier":
      return palierMetric(metric.function, metric.name, metric.statistic, period);
    case "deadLetters":
      return queues[metric.lane].deadLetters.metricApproximateNumberOfMessagesVisible({
        period,
        statistic: "Maximum",
      });
    case "functionErrors":
      return new MathExpression({
        label: "errors of all functions",
        expression: FUNCTION_NAMES.map((name) => `FILL(${name}, 0)`).join(" + "),
        usingMetrics: Object.fromEntries(
          FUNCTION_NAMES.map((name) => [name, functions[name].metricErrors({ period, statistic: "Sum" })]),
        ),
        period,
      });
  }
}

export function periodOf({ periodMinutes }: Pick<AlarmSpec, "periodMinutes">): Duration {
  return Duration.minutes(periodMinutes);
}
