/**
 * Writes `names.generated.json` (fields, their types and enum values of the resources served here, as Google publishes them)
 * and `protos.generated.json` (what the gRPC services served here need of Google's protos), so that the sandbox refuses what
 * Google would refuse and speaks its wire format.
 *
 * Run: `node lib/sandbox/google/generate-names.ts`.
 * Source: the protos of the Google Ads API v25 (Copyright Google LLC, Apache-2.0) as google-ads-node 25.1.0 ships them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "./generated-files.ts";

const SOURCE = "../../../node_modules/google-ads-node/build/protos/protos.json";

const source = readFileSync(join(import.meta.dirname, SOURCE), "utf8");
for (const [name, text] of Object.entries(generatedFiles(source))) {
  writeFileSync(join(import.meta.dirname, name), text);
}
