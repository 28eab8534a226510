/** `npm run bench -- scale [--json] [--write]`, `npm run bench -- measure`, `npm run bench -- slack [--seconds <n>] [--json]`, `npm run bench -- metrics [--json]`, `npm run bench -- import [--mb <n>] [--json]`, `npm run bench -- rules [--json]`. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MEASURED } from "./basis.ts";
import { benchImport, importBenchText } from "./import.ts";
import { measure } from "./measure.ts";
import { benchMetrics } from "./metrics.ts";
import { metricsText } from "./metrics-report.ts";
import { withFigures } from "./page.ts";
import { scaleText } from "./report.ts";
import { benchRules } from "./rules.ts";
import { rulesText } from "./rules-report.ts";
import { scale } from "./scale.ts";
import { benchSlack } from "./slack.ts";
import { slackText } from "./slack-report.ts";

const PAGE = "infra/README.md";
const USAGE =
  "npm run bench -- scale [--json] [--write] | npm run bench -- measure | npm run bench -- slack [--seconds <1 to 200>] [--json] | npm run bench -- metrics [--json] | npm run bench -- import [--mb <1 to 2000>] [--json] | npm run bench -- rules [--json]";
/** Beyond it a brand would need more open changes than the entry of one night holds. */
const MOST_SECONDS = 200;
/** Ten times the largest export that is promised. */
const MOST_MEGABYTES = 2000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    seconds: { type: "string", default: "60" },
    mb: { type: "string", default: "200" },
  },
});

switch (positionals[0]) {
  case "scale":
    await benchScale();
    break;
  case "measure":
    print(JSON.stringify({ basis: MEASURED, now: await measure() }, null, 2));
    break;
  case "slack":
    await benchClicks(Number(values.seconds));
    break;
  case "metrics": {
    const result = benchMetrics();
    report(result, metricsText(result));
    break;
  }
  case "rules": {
    const result = await benchRules();
    report(result, rulesText(result));
    break;
  }
  case "import":
    await benchLargeImport(Number(values.mb));
    break;
  default:
    refuse();
}

async function benchScale(): Promise<void> {
  const result = await scale();
  if (values.write) writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), scaleText(result)));
  report(result, scaleText(result));
}

async function benchClicks(seconds: number): Promise<void> {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MOST_SECONDS) return refuse();
  const result = await benchSlack(seconds);
  report(result, slackText(result));
}

async function benchLargeImport(megabytes: number): Promise<void> {
  if (!Number.isInteger(megabytes) || megabytes < 1 || megabytes > MOST_MEGABYTES) return refuse();
  const result = await benchImport(megabytes);
  report(result, importBenchText(result));
}

function report(result: { targets: readonly { met: boolean }[] }, text: string): void {
  print(values.json ? JSON.stringify(result, null, 2) : text);
  if (result.targets.some(({ met }) => !met)) process.exitCode = 1;
}

function refuse(): void {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
