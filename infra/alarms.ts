/** All alarms as data. None has a brand dimension: each would be billed by brand, and a brand is found in the logs. */
export interface AlarmSpec {
  /** Also its heading in infra/README.md. */
  name: string;
  description: string;
  metric: MetricSpec;
  /** What holds while it is well is the opposite of this comparison with `threshold`. */
  goesOff: "above" | "below";
  threshold: number;
  periodMinutes: number;
  /** So many periods in a row. */
  periods: number;
  /** What a period without any figure means. */
  whenMissing: "bad" | "fine" | "asBefore";
}

export type MetricSpec =
  | {
      of: "palier";
      function: "tick" | "observe" | "apply";
      name: string;
      statistic: "Sum" | "Maximum" | "Minimum";
    }
  | { of: "deadLetters"; lane: "observe" | "apply" }
  | { of: "functionErrors" }
  /** How often the anchor was started. */
  | { of: "anchors" }
  /** Requests that the public addresses could not serve, those turned away by concurrency included. */
  | { of: "addresses" };

export const BUDGET_NAME = "palier-cost";

const DAY_MINUTES = 1440;
const TOKEN_HOURS_NEEDED = 48;
const API_DAYS_NEEDED = 60;
/** A step that fails is tried again after 1, 2, 4, 8 and 15 minutes: so many failures in an hour are more than a moment's. */
const FAILURES_BORNE = 4;

type Shape = Pick<AlarmSpec, "goesOff" | "threshold" | "periodMinutes" | "periods" | "whenMissing">;

/** Any occurrence in five minutes; silence is well. */
const ANY: Shape = { goesOff: "above", threshold: 0, periodMinutes: 5, periods: 1, whenMissing: "fine" };

const TOKEN: Shape = {
  goesOff: "below",
  threshold: TOKEN_HOURS_NEEDED,
  periodMinutes: DAY_MINUTES,
  periods: 1,
  whenMissing: "asBefore",
};

export const ALARMS: readonly AlarmSpec[] = [
  {
    name: "palier-tick-silent",
    description: "The tick has not counted itself for ten minutes: nothing wakes any brand",
    metric: { of: "palier", function: "tick", name: "Ticks", statistic: "Sum" },
    goesOff: "below",
    threshold: 1,
    periodMinutes: 5,
    periods: 2,
    whenMissing: "bad",
  },
  {
    name: "palier-missed-night",
    description: "A brand's night window is over and it has no plan",
    metric: { of: "palier", function: "tick", name: "MissedNights", statistic: "Maximum" },
    ...ANY,
  },
  {
    name: "palier-observe-dead-letters",
    description: "Wake-ups for reading and deciding failed three times",
    metric: { of: "deadLetters", lane: "observe" },
    ...ANY,
  },
  {
    name: "palier-apply-dead-letters",
    description: "Wake-ups for changing budgets failed three times",
    metric: { of: "deadLetters", lane: "apply" },
    ...ANY,
  },
  {
    name: "palier-diverged",
    description: "A platform shows another value than the one that was sent",
    metric: { of: "palier", function: "apply", name: "ChangesDiverged", statistic: "Sum" },
    ...ANY,
  },
  {
    name: "palier-unknown-outcome",
    description: "A change was sent and nobody knows yet whether the platform took it",
    metric: { of: "palier", function: "apply", name: "UnknownOutcomes", statistic: "Sum" },
    ...ANY,
  },
  {
    name: "palier-changes-failing",
    description:
      "Changes that are allowed cannot be made: the platform refuses the credential or is out of reach",
    metric: { of: "palier", function: "apply", name: "StepsFailed", statistic: "Sum" },
    goesOff: "above",
    threshold: FAILURES_BORNE,
    periodMinutes: 60,
    periods: 1,
    whenMissing: "fine",
  },
  {
    name: "palier-stop-set",
    description: "A stop over everything or over an account is in force",
    metric: { of: "palier", function: "tick", name: "StopsSet", statistic: "Maximum" },
    ...ANY,
  },
  {
    name: "palier-token-expiring",
    description: "A platform credential that reads ends within 48 hours",
    metric: { of: "palier", function: "observe", name: "TokenHoursLeft", statistic: "Minimum" },
    ...TOKEN,
  },
  {
    name: "palier-write-token-expiring",
    description: "A platform credential that changes budgets ends within 48 hours",
    metric: { of: "palier", function: "apply", name: "TokenHoursLeft", statistic: "Minimum" },
    ...TOKEN,
  },
  {
    name: "palier-api-version-ending",
    description: "A platform switches off the API version in use within 60 days",
    metric: { of: "palier", function: "observe", name: "ApiVersionDaysLeft", statistic: "Minimum" },
    goesOff: "below",
    threshold: API_DAYS_NEEDED,
    periodMinutes: DAY_MINUTES,
    periods: 1,
    whenMissing: "asBefore",
  },
  {
    name: "palier-messages-waiting",
    description: "A message for people has been due for half an hour and Slack has not taken it",
    metric: { of: "palier", function: "observe", name: "MessagesWaiting", statistic: "Maximum" },
    ...ANY,
  },
  {
    name: "palier-executor-disagreement",
    description: "The two executors of rules judged a fired rule differently; the change was blocked",
    metric: { of: "palier", function: "observe", name: "ExecutorDisagreements", statistic: "Sum" },
    ...ANY,
  },
  {
    name: "palier-function-errors",
    description: "A function ended with an error or at its time limit",
    metric: { of: "functionErrors" },
    ...ANY,
  },
  {
    name: "palier-address-errors",
    description: "Clicks in Slack or pushes of shops could not be served",
    metric: { of: "addresses" },
    ...ANY,
  },
  {
    name: "palier-anchor-silent",
    description: "The heads of the logs have not been signed for more than a day",
    metric: { of: "anchors" },
    goesOff: "below",
    threshold: 1,
    // Thirty hours: a start that is an hour late is no silence.
    periodMinutes: 360,
    periods: 5,
    whenMissing: "bad",
  },
];
