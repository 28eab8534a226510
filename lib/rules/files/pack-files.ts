/** The packs that a brand uses: their files found, and those that they build on. */
import type { Brand } from "../../domain/brand.ts";
import { closest } from "../../domain/closest.ts";
import { parseJson } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, type Complaint, checkShape, reporter } from "../../domain/shape.ts";
import { type Complain, merged, type Pack } from "./pack-merge.ts";
import { baseName, type RuleFile, TEST_ENDING } from "./rule-file.ts";
import { type PackFileContent, packFileSchema } from "./schema.ts";

/** The pack's own description stands in this file of its folder. */
const PACK_FILE = "pack";

type Folders = ReadonlyMap<string, readonly RuleFile[]>;

/** The packs named by the brand, in the order of their names, each with its rule files in the order of theirs. Test cases are none. */
export function findPacks(files: readonly RuleFile[], brand: Pick<Brand, "packs" | "file">): Checked<Pack[]> {
  const folders = new Map<string, RuleFile[]>();
  const rules = files.filter(({ path }) => !path.endsWith(TEST_ENDING));
  for (const file of rules.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const folder = file.path.split(/[\\/]/).at(-2) ?? "";
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const problems: ConfigProblem[] = [];
  const done: Reading["done"] = new Map();
  const packs = Object.keys(brand.packs)
    .sort()
    .flatMap((id) => {
      const missing = (complaint: Complaint) => problems.push(inBrand(brand, `packs.${id}`, complaint));
      return readPack(id, { folders, problems, done, trail: [], missing }) ?? [];
    });
  if (problems.length === 0) problems.push(...namedTwice(packs, brand));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: packs };
}

/** Ids of all packs that the brand's rules come from, those that its packs build on included; its own alone where they cannot be read. */
export function packsOf(files: readonly RuleFile[], brand: Brand): readonly string[] {
  const found = findPacks(files, brand);
  return found.ok ? found.value.flatMap(({ id, bases }) => [id, ...bases]) : Object.keys(brand.packs);
}

interface Reading {
  folders: Folders;
  problems: ConfigProblem[];
  /** What was read already: many packs may build on one, and each way to it would double what is read below. */
  done: Map<string, Pack | null>;
  /** The packs that build on this one, from the brand's own down. */
  trail: readonly string[];
  /** Complains where the pack is named. */
  missing(complaint: Complaint): void;
}

/** Null after a complaint. */
function readPack(id: string, reading: Reading): Pack | null {
  const { folders, problems, done, missing } = reading;
  const known = done.get(id);
  if (known !== undefined) return known;
  const files = folders.get(id);
  const file = files?.find((one) => baseName(one.path) === PACK_FILE);
  if (files === undefined || file === undefined) {
    missing(files === undefined ? unknownPack(id, [...folders.keys()]) : noPackFile(id));
    return null;
  }
  const parsed = parseJson(file.text, file.path);
  const shape = parsed.ok ? checkShape(packFileSchema, parsed.json, [], "pack") : parsed;
  if (!parsed.ok || !shape.ok) {
    problems.push(...(shape.ok ? [] : shape.problems));
    done.set(id, null);
    return null;
  }
  const report = reporter(parsed.json, "pack");
  const complain: Complain = (path, complaint) => problems.push(report(path, complaint));
  const before = problems.length;
  if (shape.value.id !== id) {
    const allowed = `the folder's own name, ${id}`;
    complain(["id"], { code: "fileName", allowed, fix: "rename the folder or change the id" });
  }
  const bases = readBases(id, shape.value, reading, complain);
  const pack = merged(
    shape.value,
    { files: files.filter((one) => one !== file), json: parsed.json, bases, problems },
    complain,
  );
  const read = problems.length > before ? null : pack;
  done.set(id, read);
  return read;
}

function readBases(
  id: string,
  written: PackFileContent,
  { folders, problems, done, trail }: Reading,
  complain: Complain,
): Pack[] {
  const here = [...trail, id];
  const isList = Array.isArray(written.extends);
  return basesOf(written).flatMap((base, index) => {
    const path = isList ? ["extends", index] : ["extends"];
    if (here.includes(base)) {
      const circle = [...here.slice(here.indexOf(base)), base].join(" extends ");
      complain(path, {
        code: "circle",
        allowed: "packs that do not build on this one",
        fix: `break the circle: ${circle}`,
      });
      return [];
    }
    const missing = (complaint: Complaint) => complain(path, complaint);
    return readPack(base, { folders, problems, done, trail: here, missing }) ?? [];
  });
}

function basesOf({ extends: written }: PackFileContent): readonly string[] {
  return written === undefined ? [] : [written].flat().map(String);
}

/** A pack comes with all that it builds on, so its rules would be there twice. */
function namedTwice(packs: readonly Pack[], brand: Pick<Brand, "file">): ConfigProblem[] {
  const owners = new Map<string, string>();
  return packs.flatMap(({ id, bases }) =>
    [id, ...bases].flatMap((one) => {
      const other = owners.get(one);
      owners.set(one, id);
      if (other === undefined) return [];
      const [inner, outer] = one === id ? [id, other] : [other, id];
      const fix =
        one === inner
          ? `remove ${inner}: ${outer} extends it and comes with its rules`
          : `remove one of them: both extend ${one}, whose rules would be there twice`;
      return [inBrand(brand, `packs.${inner}`, { code: "packTwice", allowed: "each pack once", fix })];
    }),
  );
}

function unknownPack(id: string, known: readonly string[]): Complaint {
  const near = closest(id, known);
  const fix = near === null ? `use one of: ${known.join(", ")}` : `did you mean "${near}"?`;
  const none = { allowed: "a pack that exists", fix: `there are none yet: write packs/${id}/pack.json` };
  return {
    ...{ code: "unknownPack", found: id, allowed: known.join(", "), fix },
    ...(known.length === 0 && none),
  };
}

function noPackFile(id: string): Complaint {
  const fix = `add ${PACK_FILE}.json with id and description to the folder ${id}`;
  return { code: "noPackFile", found: "no pack.json", allowed: "a folder with pack.json", fix };
}

/** A problem of the brand file that shows only beside the packs; its line is no longer known then. */
export function inBrand(brand: Pick<Brand, "file">, path: string, complaint: Complaint): ConfigProblem {
  const { code, found, allowed, fix } = complaint;
  return { code: `brand.${code}`, file: brand.file, line: null, path, found: found ?? path, allowed, fix };
}
