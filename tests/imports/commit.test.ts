import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDataset } from "../../lib/dataset/index.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import type { CommitFiles } from "../../lib/runtime/import/commit.ts";
import { type ImportRequest, importFiles, NO_SETTINGS } from "../../lib/runtime/import/index.ts";
import { lockFolder } from "../../lib/runtime/import/lock.ts";
import { aFolder } from "../support/folder.ts";
import { TEST_KIND } from "../support/import-kind.ts";

const HEADER = "Day,Campaign,Spend (EUR)\n";
const OLD = [{ id: "7", spend: 1_000_000n }];
const NEW = [
  { id: "7", spend: 5_000_000n },
  { id: "8", spend: 2_000_000n },
];

/** A folder with a first import in it, and a request for the second. */
async function aDataset(): Promise<{ to: string; next: ImportRequest }> {
  const folder = aFolder();
  const to = join(folder, "data");
  writeFileSync(join(folder, "one.csv"), `${HEADER}2026-03-01,7,1\n`);
  writeFileSync(join(folder, "two.csv"), `${HEADER}2026-03-01,7,5\n2026-03-01,8,2\n`);
  const base = { kinds: [TEST_KIND], settings: NO_SETTINGS, to };
  await importFiles({ ...base, paths: [join(folder, "one.csv")] });
  return { to, next: { ...base, paths: [join(folder, "two.csv")] } };
}

/** What a reader sees. Entities and insights are files of their own, so that a half import would show. */
async function seen(to: string) {
  const { entities, insights } = await readDataset(nodeFiles(), to);
  const rows = insights.map(({ entityId, spendMicros }) => ({ id: entityId, spend: spendMicros }));
  expect(entities.map(({ id, name }) => [id, name])).toEqual(rows.map(({ id }) => [id, `Campaign ${id}`]));
  return rows;
}

/** The file system until the `calls`th call, which fails as every later one does: what a process that dies would do. */
function dyingAt(calls: number): { io: CommitFiles; made: () => number } {
  let made = 0;
  const io = Object.fromEntries(
    Object.entries({ mkdir, open, readdir, rename, rm, rmdir }).map(([name, call]) => [
      name,
      async (...args: unknown[]) => {
        made += 1;
        if (made >= calls) throw new Error("the process died");
        return await (call as (...all: unknown[]) => Promise<unknown>)(...args);
      },
    ]),
  );
  return { io: io as unknown as CommitFiles, made: () => made };
}

describe("lib/runtime/import/commit", () => {
  it("takes new rows for old ones and counts them", async () => {
    const { to, next } = await aDataset();
    const report = await importFiles(next);
    expect(await seen(to)).toEqual(NEW);
    expect(report.tables.find(({ table }) => table === "insights.csv")).toMatchObject({
      rows: 2,
      replaced: 1,
    });
    expect(readdirSync(to).sort()).toEqual(["accounts.csv", "entities.csv", "insights.csv", "sources.json"]);
    const sources = JSON.parse(readFileSync(join(to, "sources.json"), "utf8"));
    expect(sources.imports.map((one: { files: { name: string }[] }) => one.files[0]?.name)).toEqual([
      "one.csv",
      "two.csv",
    ]);
  });

  it("leaves the folder wholly old or wholly new to a reader wherever it dies, and the next import mends it", async () => {
    const outcomes = new Set<string>();
    let died = true;
    for (let calls = 1; died; calls += 1) {
      const { to, next } = await aDataset();
      const { io } = dyingAt(calls);
      died = await importFiles({ ...next, io }).then(
        () => false,
        () => true,
      );
      const rows = await seen(to);
      expect([OLD, NEW]).toContainEqual(rows);
      outcomes.add(rows.length === 1 ? "old" : "new");
      await importFiles(next);
      expect(await seen(to)).toEqual(NEW);
      expect(readdirSync(to).filter((name) => name.startsWith("."))).toEqual([]);
    }
    expect(outcomes).toEqual(new Set(["old", "new"]));
  });

  it("leaves nothing behind when it is stopped", async () => {
    const { to, next } = await aDataset();
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    await expect(importFiles({ ...next, signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
    expect(await seen(to)).toEqual(OLD);
    expect(readdirSync(to).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("writes nothing and makes no folder when a file is not right", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, "bad.csv"), `${HEADER}2026-03-01,7,abc\n`);
    const to = join(folder, "data");
    const request = { kinds: [TEST_KIND], settings: NO_SETTINGS, to, paths: [join(folder, "bad.csv")] };
    await expect(importFiles(request)).rejects.toThrow("correct the cell");
    expect(existsSync(to)).toBe(false);
  });

  it("lets one process in at a time, and takes a dead one's lock", async () => {
    const { to, next } = await aDataset();
    const lock = `import { lockFolder } from "./lib/runtime/import/lock.ts";
      lockFolder(${JSON.stringify(to)}); process.stdout.write("locked"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", lock]);
    await once(child.stdout, "data");
    await expect(importFiles(next)).rejects.toThrow("wait until it has ended");
    child.kill("SIGKILL");
    await once(child, "close");
    await importFiles(next);
    expect(await seen(to)).toEqual(NEW);
    lockFolder(to)();
  });
});
