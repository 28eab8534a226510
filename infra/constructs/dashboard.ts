/** One page that says whether Palier is well. */
import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { FUNCTION_NAMES } from "../permissions.ts";
import { palierMetric, type Watched } from "./metrics.ts";

const PERIOD = Duration.minutes(5);
const HALF_WIDTH = 12;
const FULL_WIDTH = 24;

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { functions, queues }: Watched, alarms: readonly Alarm[]) {
    super(scope, id);
    const all = FUNCTION_NAMES.map((name) => functions[name]);
    const lanes = [queues.observe, queues.apply];
    const waiting = lanes.map(({ queue }) => queue.metricApproximateNumberOfMessagesVisible());
    const oldest = lanes.map(({ queue }) => queue.metricApproximateAgeOfOldestMessage());
    new CloudWatchDashboard(this, "Dashboard", {
      dashboardName: "palier",
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: FULL_WIDTH, height: 3 })],
        [
          graph("Brands and nights", [
            palierMetric("tick", "BrandsSeen", "Maximum", PERIOD),
            palierMetric("tick", "MissedNights", "Maximum", PERIOD),
            palierMetric("tick", "StopsSet", "Maximum", PERIOD),
          ]),
          graph("What went wrong", [
            palierMetric("observe", "StepsFailed", "Sum", PERIOD),
            palierMetric("apply", "StepsFailed", "Sum", PERIOD),
            palierMetric("apply", "ChangesDiverged", "Sum", PERIOD),
            palierMetric("apply", "UnknownOutcomes", "Sum", PERIOD),
            palierMetric("observe", "ExecutorDisagreements", "Sum", PERIOD),
            palierMetric("observe", "MessagesWaiting", "Maximum", PERIOD),
          ]),
        ],
        [graph("Wake-ups waiting", waiting), graph("Oldest wake-up (s)", oldest)],
        [
          graph("Runs (ms)", [
            palierMetric("observe", "RunMs", "p95", PERIOD),
            palierMetric("apply", "RunMs", "p95", PERIOD),
          ]),
          graph(
            "Time of functions (ms)",
            all.map((one) => one.metricDuration({ statistic: "p95" })),
          ),
        ],
        [
          graph(
            "Errors of functions",
            all.map((one) => one.metricErrors()),
          ),
          graph(
            "Turned away by concurrency",
            all.map((one) => one.metricThrottles()),
          ),
        ],
      ],
    });
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: HALF_WIDTH });
}
