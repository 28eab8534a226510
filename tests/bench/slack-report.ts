/** The Slack bench's figures as people read them. */
import type { SlackBench, SlackRun } from "./slack.ts";

type Column = readonly [name: string, figure: (run: SlackRun) => string];

const COLUMNS: readonly Column[] = [
  ["", ({ name }) => name],
  ["requests", ({ requests }) => String(requests)],
  ["min", ({ minMs }) => ms(minMs)],
  ["median", ({ medianMs }) => ms(medianMs)],
  ["p99", ({ p99Ms }) => ms(p99Ms)],
  ["max", ({ maxMs }) => ms(maxMs)],
  ["processor", ({ cpuMs }) => ms(cpuMs)],
  ["decisions in the logs", ({ recorded, decisions }) => `${recorded} of ${decisions}`],
  ["not 200", ({ failed }) => String(failed)],
  ["not told", ({ untold }) => String(untold)],
];

export function slackText({ runs, appendMs, targets }: SlackBench): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...runs.map((run) => COLUMNS.map(([, figure]) => figure(run))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  const single = runs[0]?.medianMs ?? Number.NaN;
  return [
    "From a click to its answer, which follows the entry in the log and whoever clicked being told; processor time of one (ms):",
    "",
    ...rows.map((row) => line(row).join("  ").trimEnd()),
    "",
    `One entry appended to such a log, nothing else: ${ms(appendMs)} ms; an answer takes ${(single / appendMs).toFixed(1)} times as long.`,
    "",
    "Targets:",
    ...targets.map(({ name, met }) => `- ${met ? "met" : "MISSED"}: ${name}`),
  ].join("\n");
}

function ms(value: number): string {
  return value.toFixed(1);
}
