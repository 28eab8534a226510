/** How fast a large export is imported, and how much memory it takes: in a process of its own, whose peak is its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ImportBench {
  megabytes: number;
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  /** Beyond what the process took before the first byte. */
  grownMegabytes: number;
  targets: { name: string; met: boolean }[];
}

/** Whatever the size of the file. */
const MOST_GROWN_MB = 200;
/** Half of what an idle machine with two cores does. */
const LEAST_ROWS_PER_SECOND = 15_000;
const CAMPAIGNS = 1500;
const MS_PER_DAY = 86_400_000;

export async function benchImport(megabytes: number): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), "palier-bench-"));
  try {
    const file = join(folder, "report.csv");
    const rows = writeExport(file, megabytes * 1_000_000);
    const { ms, grownBytes } = await imported(file, join(folder, "data"));
    const rowsPerSecond = Math.round((1000 * rows) / ms);
    const grownMegabytes = Math.round(grownBytes / 1_000_000);
    return {
      ...{ megabytes, rows, seconds: Math.round(ms / 100) / 10, rowsPerSecond, grownMegabytes },
      targets: [
        { name: `memory grows by at most ${MOST_GROWN_MB} MB`, met: grownMegabytes <= MOST_GROWN_MB },
        {
          name: `at least ${LEAST_ROWS_PER_SECOND} rows a second`,
          met: rowsPerSecond >= LEAST_ROWS_PER_SECOND,
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function importBenchText({ targets, ...figures }: ImportBench): string {
  const { megabytes, rows, seconds, rowsPerSecond, grownMegabytes } = figures;
  return [
    `${megabytes} MB, ${rows} rows: ${seconds} s, ${rowsPerSecond} rows/s, memory grew by ${grownMegabytes} MB`,
    ...targets.map(({ name, met }) => `${met ? "met   " : "MISSED"} ${name}`),
  ].join("\n");
}

/** An export by device of a large account: as many days as it takes. */
export function writeExport(path: string, bytes: number): number {
  const file = openSync(path, "w");
  let rows = 0;
  let size = writeSync(file, "Day,Campaign,Spend (EUR),Clicks,Device\n");
  for (let day = 0; size < bytes; day += 1) {
    const date = new Date(Date.UTC(2005, 0, 1) + day * MS_PER_DAY).toISOString().slice(0, 10);
    let text = "";
    for (let campaign = 0; campaign < CAMPAIGNS; campaign += 1) {
      text += `${date},12021045678901${campaign},${(rows % 9973) / 100},${rows % 40},"device ${rows % 5} of a longer name"\n`;
      rows += 1;
    }
    size += writeSync(file, text);
  }
  closeSync(file);
  return rows;
}

async function imported(file: string, to: string): Promise<{ ms: number; grownBytes: number }> {
  const child = spawn(process.execPath, ["tests/support/import-child.ts", file, to], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return JSON.parse(told) as { ms: number; grownBytes: number };
}
