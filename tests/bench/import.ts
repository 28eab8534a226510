/**
 * How long a large export takes to import, and how much memory: in processes of their own, whose peaks are their own, begun as
 * `npm run palier` begins them. Time is the processor's, and held against csv-parse alone on the same file: both depend on the
 * machine, and on what else it does, alike.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import packageFile from "../../package.json" with { type: "json" };

export interface ImportBench {
  /** A quarter of the file, then all of it: memory must not know the difference. */
  imports: Measured[];
  /** Of the dataset that the last import made, a month of it. */
  read: Measured;
  targets: { name: string; met: boolean }[];
}

export interface Measured {
  megabytes: number;
  rows: number;
  seconds: number;
  cpuSeconds: number;
  rowsPerSecond: number;
  /** Processor time of csv-parse alone on the same file. */
  parseCpuSeconds: number;
  /** Beyond what the process took before the first byte. */
  grownMegabytes: number;
}

const MOST_GROWN_MB = 150;
/** An import parses the file, sorts its rows on disk, writes them and parses what it wrote: 6 times where this was written. */
const MOST_TIMES_PARSING = 8;
const CAMPAIGNS = 1500;
const MS_PER_DAY = 86_400_000;
const HEADER =
  "Day,Campaign ID,Campaign name,Amount spent (EUR),Impressions,Clicks (all),Purchases,Purchases conversion value,Attribution setting";

export async function benchImport(megabytes: number): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), "palier-bench-"));
  try {
    const imports: Measured[] = [];
    for (const size of [megabytes / 4, megabytes]) {
      const file = join(folder, `report-${size}.csv`);
      const rows = writeExport(file, size * 1_000_000);
      imports.push(await measured("import", { file, folder: join(folder, `data-${size}`), rows }));
    }
    const last = join(folder, `data-${megabytes}`);
    const rows = imports.at(-1)?.rows ?? 0;
    const read = await measured("read", { file: join(last, "insights.csv"), folder: last, rows });
    return { imports, read, targets: [...imports.flatMap(targetsOf), memoryTarget(read, "reading")] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function targetsOf(one: Measured): ImportBench["targets"] {
  const times = one.cpuSeconds / one.parseCpuSeconds;
  return [
    memoryTarget(one, "importing"),
    {
      name: `importing ${one.megabytes} MB takes at most ${MOST_TIMES_PARSING} times as long as parsing them (${times.toFixed(1)})`,
      met: times <= MOST_TIMES_PARSING,
    },
  ];
}

function memoryTarget({ megabytes, grownMegabytes }: Measured, what: string) {
  const name = `${what} ${megabytes} MB grows memory by at most ${MOST_GROWN_MB} MB (${grownMegabytes})`;
  return { name, met: grownMegabytes <= MOST_GROWN_MB };
}

export function importBenchText({ imports, read, targets }: ImportBench): string {
  return [
    ...imports.map((one) => `import: ${figures(one)}`),
    `read:   ${figures(read)}`,
    ...targets.map(({ name, met }) => `${met ? "met   " : "MISSED"} ${name}`),
  ].join("\n");
}

function figures(one: Measured): string {
  const { megabytes, rows, seconds, cpuSeconds, rowsPerSecond, parseCpuSeconds } = one;
  return `${megabytes} MB, ${rows} rows: ${seconds} s (${rowsPerSecond} rows/s), ${cpuSeconds} s of processor time; csv-parse alone ${parseCpuSeconds} s`;
}

/** An export of a large account from Ads Manager: as many days as it takes. */
export function writeExport(path: string, bytes: number): number {
  const file = openSync(path, "w");
  let rows = 0;
  let size = writeSync(file, `${HEADER}\n`);
  for (let day = 0; size < bytes; day += 1) {
    const date = new Date(Date.UTC(2005, 0, 1) + day * MS_PER_DAY).toISOString().slice(0, 10);
    let text = "";
    for (let campaign = 0; campaign < CAMPAIGNS; campaign += 1) {
      const bought = rows % 7 === 0 ? rows % 5 : 0;
      text += `${date},12021045678901${campaign},"Prospecting, country ${campaign} (broad)",${(rows % 9973) / 100},${rows % 70_001},${rows % 40},${bought || ""},${bought ? bought * 39.5 : ""},7-day click or 1-day view\n`;
      rows += 1;
    }
    size += writeSync(file, text);
  }
  closeSync(file);
  return rows;
}

async function measured(
  what: "import" | "read",
  { file, folder, rows }: { file: string; folder: string; rows: number },
): Promise<Measured> {
  const parsed = await parsing(file);
  const { ms, cpuMs, grownBytes } = await inChild([what, file, folder]);
  return {
    megabytes: Math.round(parsed.bytes / 1_000_000),
    rows,
    seconds: Math.round(ms / 100) / 10,
    cpuSeconds: Math.round(cpuMs / 100) / 10,
    rowsPerSecond: Math.round((1000 * rows) / ms),
    parseCpuSeconds: Math.round(parsed.cpuMs / 100) / 10,
    grownMegabytes: Math.round(grownBytes / 1_000_000),
  };
}

async function parsing(file: string): Promise<{ bytes: number; cpuMs: number }> {
  const before = process.cpuUsage();
  const stream = createReadStream(file);
  const parser = parse({ relax_column_count: true, skip_empty_lines: true, on_record: () => null });
  await pipeline(stream, parser.resume());
  const { user, system } = process.cpuUsage(before);
  return { bytes: stream.bytesRead, cpuMs: (user + system) / 1000 };
}

interface Told {
  ms: number;
  cpuMs: number;
  grownBytes: number;
}

/** With the flags of `npm run palier`. */
async function inChild(args: readonly string[]): Promise<Told> {
  const own = packageFile.scripts.palier.split(" ").filter((word) => word.startsWith("--"));
  const child = spawn(process.execPath, [...own, "tests/support/import-child.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  let wrong = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    wrong += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the child ended with ${code}: ${wrong}`);
  return JSON.parse(told) as Told;
}
