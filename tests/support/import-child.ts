/** Imports a file, or reads the dataset made of it, in a process of its own: how long it took, and by how much memory grew at most. */
import { readDataset } from "../../lib/dataset/index.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { importFiles, NO_SETTINGS } from "../../lib/runtime/import/index.ts";

const BYTES_PER_KIB = 1024;

const [what, file = "", folder = ""] = process.argv.slice(2);
const before = process.resourceUsage().maxRSS;
const cpuBefore = process.cpuUsage();
const begun = performance.now();
if (what === "import") {
  const settings = { ...NO_SETTINGS, account: "42", zone: "Europe/Paris" };
  await importFiles({ kinds: KINDS, paths: [file], to: folder, settings });
} else {
  await readDataset(nodeFiles(), folder, { from: "2005-02-01", to: "2005-02-28" });
}
const { user, system } = process.cpuUsage(cpuBefore);
const grownBytes = (process.resourceUsage().maxRSS - before) * BYTES_PER_KIB;
process.stdout.write(
  JSON.stringify({ ms: performance.now() - begun, cpuMs: (user + system) / 1000, grownBytes }),
);
