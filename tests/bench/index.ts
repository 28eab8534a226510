/** `npm run bench -- scale [--json] [--write]`, `npm run bench -- measure`. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MEASURED } from "./basis.ts";
import { measure } from "./measure.ts";
import { withFigures } from "./page.ts";
import { scaleText } from "./report.ts";
import { scale } from "./scale.ts";

const PAGE = "infra/README.md";
const USAGE = "npm run bench -- scale [--json] [--write] | npm run bench -- measure";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
});

switch (positionals[0]) {
  case "scale":
    await benchScale();
    break;
  case "measure":
    print(JSON.stringify({ basis: MEASURED, now: await measure() }, null, 2));
    break;
  default:
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
}

async function benchScale(): Promise<void> {
  const result = await scale();
  if (values.write) writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), scaleText(result)));
  print(values.json ? JSON.stringify(result, null, 2) : scaleText(result));
  if (result.targets.some(({ met }) => !met)) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
