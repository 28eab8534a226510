import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { HostileRun } from "../support/hostile-child.ts";
import { HOSTILE_FORMULAS } from "../support/hostile-formulas.ts";
import { HOSTILE } from "../support/hostile-rules.ts";

const CHILD = path.join(import.meta.dirname, "../support/hostile-child.ts");

/** Garbage is collected when it has to be, not when there happens to be time: what does not fit ends the process. */
const LITTLE_ROOM = ["--max-old-space-size=96", "--max-semi-space-size=8"];

const run: HostileRun = JSON.parse(
  execFileSync(process.execPath, [...LITTLE_ROOM, CHILD], { encoding: "utf8" }),
);

describe("lib/rules/load, hostile files", () => {
  it.each([["100 MB on the disk", "json.tooLarge"], ...HOSTILE.map(([name, , code]) => [name, code])])(
    "refuses %s within a second of work",
    (name, code) => {
      const file = run.files.find((one) => one.name === name);
      expect(file?.code).toBe(code);
      expect(file?.ms).toBeLessThan(1_000);
    },
  );

  it.each(HOSTILE_FORMULAS)("meets the formula %s within a second of work", (name, _text, code) => {
    const formula = run.files.find((one) => one.name === name);
    expect(formula?.code).toBe(code);
    expect(formula?.ms).toBeLessThan(1_000);
  });

  it("takes less than 200 MB for all of them, one after the other", () => {
    expect(run.megabytes).toBeLessThan(200);
  });
});
