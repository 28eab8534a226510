/**
 * A process of its own on a store's folder, for tests that kill one or let several race:
 * `node store-process.ts <folder> serve` opens the store, says who owns it and stays;
 * `node store-process.ts <folder> append <name> <count>` appends that many stops by that name and ends.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { fileCheckpoints } from "../../lib/log/checkpoint.ts";
import { fileHeads } from "../../lib/log/heads.ts";
import { openLog } from "../../lib/log/log.ts";
import { openEmbeddedStore } from "../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";

const [folder = "", mode, name = "", count = "0"] = process.argv.slice(2);
const files = nodeFiles();
const store = await openEmbeddedStore({ folder, files, nowMs: Date.now });
process.stdout.write("ready\n");

if (mode === "append") {
  const log = openLog({
    store,
    heads: fileHeads(files, `${folder}/heads`),
    checkpoints: fileCheckpoints(files, `${folder}/checkpoints`),
    writerId: name,
    newEntryId: () => crypto.randomUUID(),
    nowMs: Date.now,
    random: Math.random,
    sleep: (ms) => sleep(ms),
  });
  for (let index = 1; index <= Number(count); index += 1) {
    const by = `${name}-${index}`;
    await log.append("atelier-lune", () => [{ type: "stopped", v: 1, atMs: Date.now(), by, reason: null }]);
  }
  await store.close();
}
