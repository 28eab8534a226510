/** Writes the catalogue of shipped packs: `node lib/runtime/catalogue/generate.ts`, from the root of the repository. */
import { writeFileSync } from "node:fs";
import { nodeFiles } from "../files.ts";
import { readPlace } from "../lint/place.ts";
import { packCatalogue } from "./catalogue.ts";

const { path, text } = packCatalogue(await readPlace(nodeFiles(), "rules"));
writeFileSync(path, text);
