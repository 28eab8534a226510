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
      return sumOf(
        "errors of all functions",
        Object.fromEntries(
          FUNCTION_NAMES.map((name) => [name, functions[name].metricErrors({ period, statistic: "Sum" })]),
        ),
        period,
      );
    case "anchors":
      return functions.anchor.metricInvocations({ period, statistic: "Sum" });
    case "addresses":
      return sumOf(
        "requests that were not served",
        Object.fromEntries(
          (["slack", "revenue"] as const).flatMap((name) => [
            [`${name}Failed`, functions[name].metric("Url5xxCount", { period, statistic: "Sum" })],
            [`${name}TurnedAway`, functions[name].metricThrottles({ period, statistic: "Sum" })],
          ]),
        ),
        period,
      );
  }
}

/** A figure that nobody counted in a period is none. */
function sumOf(label: string, usingMetrics: Record<string, IMetric>, period: Duration): IMetric {
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(" + ");
  return new MathExpression({ label, expression, usingMetrics, period });
}

export function periodOf({ periodMinutes }: Pick<AlarmSpec, "periodMinutes">): Duration {
  return Duration.minutes(periodMinutes);
}
