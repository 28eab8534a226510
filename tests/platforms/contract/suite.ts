/**
 * What every adapter must keep, over its real SDK against the served sandbox. A third platform needs a sandbox server and a
 * setup file beside these; nothing here may ask which platform it is.
 */
import { describe } from "vitest";
import { describeAccess } from "./access.ts";
import { describeDirectory } from "./directory.ts";
import { describeEdits } from "./edits.ts";
import { describeFailures } from "./failures.ts";
import { describeReading } from "./reading.ts";
import type { ContractSetup } from "./setup.ts";

export function describePlatform(name: string, setup: ContractSetup): void {
  describe(`lib/platforms/${name}, by contract`, () => {
    describeReading(setup);
    describeFailures(setup);
    describeEdits(setup);
    describeAccess(setup);
    describeDirectory(setup);
  });
}
