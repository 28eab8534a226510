/** Writes the generated files about brands: `node lib/brand/generate.ts`, from the root of the repository. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { brandReference } from "./reference.ts";

for (const { path, text } of brandReference()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
