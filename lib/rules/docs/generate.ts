/** Writes the generated files of the rule language: `node lib/rules/docs/generate.ts`, from the root of the repository. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { factCatalogue } from "../../metrics/index.ts";
import { lintReference } from "../lint/reference.ts";
import { rulesReference } from "./reference.ts";

for (const { path, text } of [...rulesReference(factCatalogue), lintReference()]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
