/** Imports one file in a process of its own, and tells how long it took and by how much its memory grew at most. */
import { importFiles, NO_SETTINGS } from "../../lib/runtime/import/index.ts";
import { TEST_KIND } from "./import-kind.ts";

const BYTES_PER_KIB = 1024;

const [file = "", to = ""] = process.argv.slice(2);
const before = process.resourceUsage().maxRSS;
const begun = performance.now();
await importFiles({ kinds: [TEST_KIND], paths: [file], to, settings: NO_SETTINGS });
const grownBytes = (process.resourceUsage().maxRSS - before) * BYTES_PER_KIB;
process.stdout.write(JSON.stringify({ ms: performance.now() - begun, grownBytes }));
