/** Loads every hostile rule file and every hostile formula, and one of 100 MB from the disk, and says how much time and memory that took. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseBrand } from "../../lib/brand/parse.ts";
import { evaluate } from "../../lib/formulas/evaluate.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import { readPacks } from "../../lib/runtime/config.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { HOSTILE_FORMULAS } from "./hostile-formulas.ts";
import { HOSTILE } from "./hostile-rules.ts";
import { PACK_FILE } from "./rule.ts";
import { aBrand, ROUND_DAY } from "./snapshot.ts";

/** The 100 MB are read first, before anything else takes memory. */
export interface HostileRun {
  megabytes: number;
  files: { name: string; code: string; ms: number }[];
}

const BRAND_FILE = "rules/brands/atelier-lune.json";
const BRAND = JSON.parse(readFileSync(BRAND_FILE, "utf8"));

const folder = mkdtempSync(path.join(tmpdir(), "palier-hostile-"));
try {
  const before = process.memoryUsage().rss;
  const files = [await judged("100 MB on the disk", hundredMegabytes)];
  for (const [name, text] of HOSTILE) {
    const written = { path: "rules/packs/roads/stop.json", text };
    files.push(await judged(name, async () => [PACK_FILE, written]));
  }
  for (const [name, text] of HOSTILE_FORMULAS) files.push(calculated(name, text));
  const megabytes = process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024;
  process.stdout.write(JSON.stringify({ megabytes, files } satisfies HostileRun));
} finally {
  rmSync(folder, { recursive: true });
}

async function judged(name: string, read: () => Promise<RuleFile[]>): Promise<HostileRun["files"][number]> {
  const before = process.threadCpuUsage();
  const result = loadRuleset(await read(), aBrand(), ROUND_DAY);
  const { user, system } = process.threadCpuUsage(before);
  const code = result.ok ? "loaded" : (result.problems[0]?.code ?? "no problem");
  return { name, code, ms: (user + system) / 1000 };
}

/** As a metric of a brand file, with its figure worked out where it has one. */
function calculated(name: string, formula: string): HostileRun["files"][number] {
  const text = JSON.stringify({ ...BRAND, metrics: { own: { unit: "ratio", formula } } });
  const before = process.threadCpuUsage();
  const result = parseBrand(text, BRAND_FILE);
  const metric = result.ok ? result.brand.metrics.own : undefined;
  if (metric !== undefined) evaluate(metric.formula, () => Number.MAX_SAFE_INTEGER);
  const { user, system } = process.threadCpuUsage(before);
  const code = result.ok ? "brand.loaded" : (result.problems[0]?.code ?? "no problem");
  return { name, code, ms: (user + system) / 1000 };
}

/** Nothing but zeros, which is no JSON either; the disk does not store them. */
async function hundredMegabytes(): Promise<RuleFile[]> {
  const pack = path.join(folder, "packs", "roads");
  mkdirSync(pack, { recursive: true });
  writeFileSync(path.join(pack, "pack.json"), PACK_FILE.text);
  writeFileSync(path.join(pack, "stop.json"), "");
  truncateSync(path.join(pack, "stop.json"), 100_000_000);
  return await readPacks(nodeFiles(), folder);
}
