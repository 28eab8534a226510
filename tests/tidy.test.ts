import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** Folders that each part of the product may import from, itself aside. `lib/domain` is the bottom. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "lib/domain": [],
  "lib/brand": ["lib/domain", "lib/platforms", "lib/formulas"],
  "lib/formulas": ["lib/domain"],
  "lib/platforms": ["lib/domain", "lib/dataset"],
  "lib/shops": ["lib/domain"],
  "lib/dataset": ["lib/domain", "lib/shops"],
  "lib/imports": ["lib/domain", "lib/dataset"],
  "lib/init": ["lib/domain", "lib/platforms", "lib/metrics"],
  "lib/metrics": ["lib/domain", "lib/formulas"],
  "lib/log": ["lib/domain"],
  "lib/digest": ["lib/domain", "lib/metrics", "lib/log"],
  "lib/blobs": ["lib/domain"],
  "lib/lanes": ["lib/domain"],
  "lib/slack": ["lib/domain", "lib/words", "lib/report"],
  "lib/sandbox": ["lib/domain"],
  "lib/words": ["lib/domain", "lib/rules/types.ts"],
  "lib/rules": ["lib/domain", "lib/platforms", "lib/metrics", "lib/formulas"],
  "lib/planner": ["lib/domain", "lib/metrics", "lib/rules"],
  "lib/report": ["lib/domain", "lib/words"],
  "lib/loop": [
    "lib/domain",
    "lib/brand",
    "lib/platforms",
    "lib/shops",
    "lib/metrics",
    "lib/rules",
    "lib/formulas",
    "lib/planner",
    "lib/log",
    "lib/blobs",
    "lib/digest",
  ],
  "lib/runtime": ["lib", "package.json"],
  functions: ["lib", "functions", "infra/stages.ts"],
};

/** What of the platforms others may import: never an adapter, whose SDK would be loaded with it. A dataset's has none. */
const PLATFORMS_FRONT = [
  "lib/platforms/index.ts",
  "lib/platforms/port.ts",
  "lib/platforms/errors.ts",
  "lib/platforms/dataset/index.ts",
];

/** Where a clock, the environment or randomness may be read: the rim. */
const RIM = [/^lib\/runtime\//, /^functions\//, /^lib\/sandbox\/(?!market\/)/, /^tests\//];
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\bperformance\.now\(/;

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const MAX_HANDLER_LINES = 40;

const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(file))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));
const product = sources.filter(({ file }) => /^(lib|functions)\//.test(file));

function home(file: string): string {
  return Object.keys(MAY_IMPORT).find((folder) => file.startsWith(`${folder}/`)) ?? file;
}

function importsOf(file: string, text: string): string[] {
  const specifiers = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map((match) => match[1] ?? "");
  return specifiers.map((specifier) =>
    path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)),
  );
}

/** Start line and length of every top-level function, by the formatter's own layout: its closing brace stands at column 0. */
function functionLengths(text: string): { name: string; lines: number }[] {
  const lines = text.split("\n");
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (name === undefined) return [];
    const length = lines.slice(start).indexOf("}");
    return [{ name, lines: length + 1 }];
  });
}

describe("the source tree", () => {
  it("imports only downwards", () => {
    const wrong = product.flatMap(({ file, text }) =>
      importsOf(file, text)
        .filter((target) => {
          const from = home(file);
          const allowed = MAY_IMPORT[from] ?? [];
          const inside = target.startsWith(`${from}/`);
          return !inside && !allowed.some((place) => target === place || target.startsWith(`${place}/`));
        })
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("knows platforms by their index, port and errors alone", () => {
    const wrong = product
      .filter(({ file }) => home(file) !== "lib/platforms")
      .flatMap(({ file, text }) =>
        importsOf(file, text)
          .filter((target) => target.startsWith("lib/platforms/") && !PLATFORMS_FRONT.includes(target))
          .map((target) => `${file} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("reads no clock, environment or randomness inside the core", () => {
    const impure = product
      .filter(({ file }) => !RIM.some((rim) => rim.test(file)))
      .flatMap(({ file, text }) =>
        text
          .split("\n")
          .flatMap((line, index) => (IMPURE.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
      );
    expect(impure).toEqual([]);
  });

  it("keeps files within 300 lines", () => {
    const long = sources
      .map(({ file, text }) => ({ file, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > MAX_FILE_LINES)
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
  });

  it("keeps functions within 70 lines, and Lambda handlers within 40", () => {
    const long = product.flatMap(({ file, text }) => {
      const limit = /^functions\/[^/]+\.ts$/.test(file) ? MAX_HANDLER_LINES : MAX_FUNCTION_LINES;
      return functionLengths(text)
        .filter(({ lines }) => lines > limit)
        .map(({ name, lines }) => `${file}: ${name} has ${lines} lines`);
    });
    expect(long).toEqual([]);
  });

  it("leaves no unfinished marks, skipped tests or silenced types", () => {
    const marks =
      /\b(?:TODO|FIXME|XXX|HACK)\b|\b(?:it|test|describe)\.(?:skip|only|todo)\(|@ts-(?:ignore|nocheck|expect-error)|\bas any\b/;
    const found = sources
      .filter(({ file }) => file !== "tests/tidy.test.ts")
      .flatMap(({ file, text }) => (marks.test(text) ? [file] : []));
    expect(found).toEqual([]);
  });

  it("explains every folder under lib in a README", () => {
    const folders = Object.keys(MAY_IMPORT).filter((folder) => folder.startsWith("lib/"));
    expect(folders.filter((folder) => !existsSync(`${folder}/README.md`))).toEqual([]);
  });
});
